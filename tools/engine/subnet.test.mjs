import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeSubnet } from './subnet.mjs';

const header = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
const defaultRoute = 'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n';

test('a machine with only a default route leaves every network free', () => {
  assert.match(freeSubnet(header + defaultRoute, 'a'), /^172\.(28|29|30|31)\.\d+$/);
});

test('the same seed gets the same network', () => {
  assert.equal(freeSubnet(header, 'mb1'), freeSubnet(header, 'mb1'));
});

test('a network that has a route is not chosen again', () => {
  const first = freeSubnet(header, 'mb1');
  const [a, b, c] = first.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0').toUpperCase());
  const route = `br0\t00${c}${b}${a}\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n`;
  assert.notEqual(freeSubnet(header + route, 'mb1'), first);
});

test('a route for the whole range leaves none', () => {
  const route = 'tun0\t000010AC\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0\n';
  assert.throws(() => freeSubnet(header + route, 'mb1'), /in use/);
});
