import type { Standing } from '../shared/standing.ts';

export interface ReprocessingRow {
  id: number;
  actor_id: number;
  created_at: Date;
  state: 'comparing' | 'compared' | 'applying' | 'applied';
}

export interface ReprocessingMessageRow {
  reprocessing_id: number;
  message_id: number;
  attempts: number;
  verdict:
    | 'same'
    | 'differs'
    | 'fetch'
    | 'by-hand'
    | 'would-lose'
    | 'waits'
    | 'gone'
    | 'failed'
    | 'changed'
    | 'applied'
    | null;
  standing_then: Standing | null;
  standing_now: Standing | null;
}
