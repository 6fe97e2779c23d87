import { parseDockerfile } from './parse-dockerfile.js';

function faultsOf(line: string): string[] {
  return parseDockerfile(`FROM a\n${line}`).problems.map(({ message, fix }) => `${message} -> ${fix}`);
}

describe('checkInstruction', () => {
  test.each([
    'ADD --link --keep-git-dir=true --checksum=a --unpack=false --exclude=a --exclude=b --chown=a --chmod=1 a /x',
    'COPY --parents --link=FALSE --from=a a /x',
    'RUN --mount=type=bind,target=/x --mount=type=ssh --network=none --security=insecure --device=a=b true',
    'HEALTHCHECK NONE',
    'HEALTHCHECK --interval=1m30s --timeout=0 --start-period=1.5h --start-interval=500ms --retries=0 CMD true',
    'STOPSIGNAL --unchecked 9',
    'ARG --unchecked A',
    'FROM b AS Name-1_a.b',
    'CMD',
    'RUN',
    'ONBUILD NONSENSE',
    'EXPOSE 80',
  ])('accepts %s', (line) => {
    expect(faultsOf(line)).toEqual([]);
  });

  test.each([
    ['WORKDIRR /', 'unknown instruction: WORKDIRR -> write WORKDIR'],
    [
      '&& echo',
      'unknown instruction: && -> remove the line, or end the line before it with the escape character',
    ],
    ['COPY --frm=a a /x', 'unknown flag --frm of COPY -> write --from'],
    ['WORKDIR --x /', 'unknown flag --x of WORKDIR -> remove --x; WORKDIR has no flags'],
    ['FROM --os=linux a', 'unknown flag --os of FROM -> remove --os; FROM knows --platform'],
    [
      'COPY --constructor=a a /x',
      'unknown flag --constructor of COPY -> remove --constructor; COPY knows --chown, --chmod, --link, --exclude, --from, --parents',
    ],
    ['COPY --link --link a /x', 'duplicate flag --link -> keep one --link only'],
    ['COPY --from a /x', '--from needs a value -> write --from=<value> as one word'],
    ['COPY --link=yes a /x', '--link is either true or false, not "yes" -> write --link, or leave it out'],
    ['COPY --link= a /x', '--link is either true or false, not "" -> write --link, or leave it out'],
    ['COPY <<A <<B\nA\nB', 'COPY cannot accept a heredoc as a destination -> write a path after <<B'],
    ['FROM a b', 'FROM requires either one or three arguments -> write FROM <image> AS <name>'],
    [
      'FROM a AS 1b',
      'invalid name for build stage: "1b" -> start the name with a letter and use only letters, digits, -, _ and .',
    ],
    ['ENV =x', 'ENV names can not be blank -> write a name in front of the ='],
    ['ARG =x', 'ARG names can not be blank -> write a name in front of the ='],
    ['USER', 'USER requires exactly one argument -> write one argument after USER'],
    ['VOLUME [" "]', 'VOLUME specified can not be an empty string -> remove the empty volume'],
    ['SHELL []', 'SHELL requires at least one argument -> write what SHELL is about after it'],
    ['SHELL sh', 'SHELL requires the arguments to be in JSON form -> write SHELL ["/bin/sh", "-c"]'],
    ['ONBUILD', 'ONBUILD requires at least one argument -> write an instruction after ONBUILD'],
    ['ONBUILD ONBUILD RUN a', "ONBUILD isn't allowed as an ONBUILD trigger -> write ONBUILD once"],
    ['HEALTHCHECK NONE x', 'HEALTHCHECK NONE takes no arguments -> remove what follows NONE'],
    ['HEALTHCHECK TCP 80', 'unknown type "TCP" in HEALTHCHECK -> write HEALTHCHECK CMD <command>'],
    ['HEALTHCHECK CMD', 'missing command after HEALTHCHECK CMD -> write the command after CMD'],
    [
      'HEALTHCHECK --timeout=1us CMD a',
      '--timeout=1us is no duration of 1ms or more -> write a duration such as --timeout=30s',
    ],
    [
      'HEALTHCHECK --retries=-1 CMD a',
      '--retries=-1 is no count -> write a whole number such as --retries=3',
    ],
    [
      'RUN --network=bridge a',
      'invalid network mode "bridge" -> write --network=default or --network=none or --network=host',
    ],
    ['RUN --mount= a', '--mount= is no list of fields -> write --mount=type=bind,source=a,target=/a'],
    [
      'RUN --mount=from=$A,target=/x a',
      "'from' doesn't support variable expansion -> write FROM $A AS <name> above, with an ARG before the first FROM, and from=<name> here",
    ],
  ])('refuses %s', (line, fault) => {
    expect(faultsOf(line)).toEqual([fault]);
  });
});
