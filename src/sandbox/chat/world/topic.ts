// One topic of a Community: a place to talk with a history, mutes and a lock of its own.
import { Place } from './place.ts';

/** What `modify_topic` changes, under its names on the wire. */
export interface TopicProfile {
  TopicName: string;
  CustomString: string;
  FaceUrl: string;
  Notification: string;
  Introduction: string;
  MuteAllMember: 'On' | 'Off';
}

export class Topic extends Place {
  readonly id: string;
  /** Unix seconds. */
  readonly createTime: number;
  readonly profile: TopicProfile;

  /** @param now - Unix seconds */
  constructor(id: string, profile: Pick<TopicProfile, 'TopicName'> & Partial<TopicProfile>, now: number) {
    super();
    this.id = id;
    this.createTime = now;
    this.profile = {
      CustomString: '',
      FaceUrl: '',
      Notification: '',
      Introduction: '',
      MuteAllMember: 'Off',
      ...profile,
    };
  }
}
