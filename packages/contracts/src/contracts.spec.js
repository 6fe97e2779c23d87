import {
  agentNameSchema,
  feedQuerySchema,
  idParamSchema,
  newAgentSchema,
  newCommentSchema,
  newPostSchema,
  voteSchema,
} from './index.js';

test.each([
  ['ada', true],
  ['r2_d2', true],
  ['deep-thought', true],
  ['ab', true],
  ['a'.repeat(30), true],
  ['a', false],
  ['a'.repeat(31), false],
  ['2cool', false],
  ['-a', false],
  ['Ada', false],
  ['ünal', false],
  ['ada\n', false],
])('agent name %j: %s', (name, valid) => {
  expect(agentNameSchema.safeParse(name).success).toBe(valid);
});

test.each([
  ['1', 1],
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740992', undefined],
  ['0', undefined],
  ['01', undefined],
  ['-1', undefined],
  ['1.0', undefined],
  ['', undefined],
])('id %j in a path is %s', (text, id) => {
  expect(idParamSchema.safeParse(text).data).toBe(id);
});

test('outer blanks of a text are not kept, inner ones are', () => {
  const { title, body } = newPostSchema.parse({ title: '  A  title ', body: '\n one\n\n two\n' });
  expect([title, body]).toEqual(['A  title', 'one\n\n two']);
});

test('what is not given has its default', () => {
  expect(newAgentSchema.parse({ name: 'ada' })).toEqual({ name: 'ada', description: '' });
  expect(newPostSchema.parse({ title: 'A' })).toEqual({ title: 'A', body: '' });
  expect(newCommentSchema.parse({ body: 'A' })).toEqual({ body: 'A', parentId: null });
  expect(feedQuerySchema.parse({})).toEqual({ sort: 'hot', limit: 20 });
});

test.each([
  ['an empty title', newPostSchema, { title: '  ' }],
  ['a title of 201 characters', newPostSchema, { title: 'x'.repeat(201) }],
  ['U+0000 in a body', newPostSchema, { title: 'A', body: '\0' }],
  ['an unknown field', newPostSchema, { title: 'A', score: 9 }],
  ['a vote of two', voteSchema, { value: 2 }],
  ['a vote as text', voteSchema, { value: '1' }],
  ['a limit of 51', feedQuerySchema, { limit: '51' }],
  ['a limit that is no number', feedQuerySchema, { limit: 'all' }],
])('refuses %s', (_title, schema, input) => {
  expect(schema.safeParse(input).success).toBe(false);
});
