import { type Expansion, expandWord } from '../dockerfile/expand-word.js';
import type { VariableValue } from '../dockerfile/shell-piece.js';

/** The variables of a stage; those of the stage it is built from are behind `parent`. */
export interface VariableScope {
  readonly values: Map<string, VariableValue>;
  readonly parent?: VariableScope;
  /** True if the base image may set any variable, so that none is certain not to be set. */
  readonly isOpen: boolean;
}

const linuxPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const windowsPath = 'c:\\Windows\\System32;c:\\Windows';

/** The scope of a stage that is built from an image, or from nothing. */
export function createScope({ isOpen, os }: { isOpen: boolean; os: string }): VariableScope {
  const path = os === 'windows' ? windowsPath : linuxPath;
  return { values: new Map(isOpen ? [] : [['PATH', { text: path }]]), isOpen };
}

/** The scope of a stage that is built from another stage. */
export function inheritScope(parent: VariableScope): VariableScope {
  return { values: new Map(), parent, isOpen: parent.isOpen };
}

export function lookUp(scope: VariableScope, name: string): VariableValue {
  for (let current: VariableScope | undefined = scope; current; current = current.parent) {
    const value = current.values.get(name);
    if (value) return value;
  }
  return scope.isOpen ? { knownPrefix: '' } : {};
}

/** Expands a word by the variables of a scope. */
export function expandInScope(scope: VariableScope, word: string, escapeCharacter: '\\' | '`'): Expansion {
  return expandWord(word, (name) => lookUp(scope, name), { escape: escapeCharacter });
}
