import { isObject } from '@parley/runtime';
import { valueAt } from '../../document/value-at.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import type { FieldProps } from './field-props.ts';
import { MediaSource, type Source, sourceIn, withSource } from './MediaSource.tsx';
import { mediaKindOf } from './media-kinds.ts';

/** The file that a message sends: its address and its id stand beside the kind. */
export function Media(props: FieldProps) {
  const { change, values } = useForm();
  const around = props.path.slice(0, -1);
  const kind = useValue([...around, 'kind']);
  const source = {
    url: useValue([...around, 'url']),
    mediaId: useValue([...around, 'mediaId']),
    filename: useValue([...around, 'filename']),
  };
  const take = (next: Source) => {
    const beside = valueAt(values(), around);
    change(around, withSource(isObject(beside) ? beside : {}, next));
  };
  return (
    <FieldFrame {...props} field={{ ...props.field, isRequired: true }}>
      {(control) => (
        <MediaSource
          control={control}
          label={props.label}
          kind={mediaKindOf(kind)}
          source={sourceIn(source)}
          onSource={take}
        />
      )}
    </FieldFrame>
  );
}
