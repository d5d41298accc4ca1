import type { ComponentType } from 'react';
import type { InputName } from '../form/field.ts';
import { Assignments } from './Assignments.tsx';
import { Body } from './Body.tsx';
import { BooleanField } from './Boolean.tsx';
import { Choice } from './Choice.tsx';
import { Choices } from './Choices.tsx';
import { Code } from './Code.tsx';
import { Condition } from './Condition.tsx';
import { Country } from './Country.tsx';
import { DateField } from './DateField.tsx';
import { Days } from './Days.tsx';
import { Duration } from './Duration.tsx';
import { Emoji } from './Emoji.tsx';
import { Flow } from './Flow.tsx';
import type { FieldProps } from './field-props.ts';
import { Header } from './Header.tsx';
import { Holidays } from './Holidays.tsx';
import { Hours } from './Hours.tsx';
import { Json } from './Json.tsx';
import { List } from './List.tsx';
import { LongText } from './LongText.tsx';
import { Media } from './Media.tsx';
import { Message } from './Message.tsx';
import { Names } from './Names.tsx';
import { NodeField } from './NodeField.tsx';
import { NumberField } from './Number.tsx';
import { ObjectField } from './ObjectField.tsx';
import { Pairs } from './Pairs.tsx';
import { Several } from './Several.tsx';
import { Template } from './Template.tsx';
import { Text } from './Text.tsx';
import { Time } from './Time.tsx';
import { Timezone } from './Timezone.tsx';
import { Value } from './Value.tsx';
import { Variable } from './Variable.tsx';
import { Variants } from './Variants.tsx';
import { Version } from './Version.tsx';
import { Way } from './Way.tsx';

/** The input of each kind of field. */
export const FIELD_INPUTS: Readonly<Record<InputName, ComponentType<FieldProps>>> = {
  text: Text,
  longText: LongText,
  message: Message,
  number: NumberField,
  value: Value,
  boolean: BooleanField,
  choice: Choice,
  several: Several,
  names: Names,
  list: List,
  choices: Choices,
  variants: Variants,
  object: ObjectField,
  condition: Condition,
  assignments: Assignments,
  pairs: Pairs,
  json: Json,
  body: Body,
  code: Code,
  duration: Duration,
  date: DateField,
  time: Time,
  timezone: Timezone,
  days: Days,
  hours: Hours,
  holidays: Holidays,
  media: Media,
  header: Header,
  template: Template,
  emoji: Emoji,
  flow: Flow,
  version: Version,
  node: NodeField,
  variable: Variable,
  country: Country,
  way: Way,
};
