// One-to-one messages: from one account to another, outside of any group.
import type { Platform } from './place.ts';

export interface OneToOneMessage {
  readonly from: string;
  readonly to: string;
  /** Chosen by the sender, or at random. */
  readonly seq: number;
  readonly random: number;
  /** Unix seconds. */
  readonly time: number;
  readonly body: readonly unknown[];
  readonly cloudCustomData: string;
  readonly platform: Platform;
  state: 'normal' | 'recalled';
}

/** `MsgKey`: what names a one-to-one message (page 34919). */
export const keyOf = ({ seq, random, time }: Pick<OneToOneMessage, 'seq' | 'random' | 'time'>): string =>
  `${seq}_${random}_${time}`;
