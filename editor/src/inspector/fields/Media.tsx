import { isObject } from '@parley/runtime';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { MediaSource } from './MediaSource.tsx';
import { mediaKindOf } from './media-kinds.ts';

/** The file that a message sends: its address and its id stand beside the kind. */
export function Media(props: FieldProps) {
  const { change } = useForm();
  const around = props.path.slice(0, -1);
  const value = useValue(around);
  const beside = isObject(value) ? value : {};
  return (
    <FieldFrame {...props} field={{ ...props.field, isRequired: true }}>
      {(control) => (
        <MediaSource
          control={control}
          label={props.label}
          kind={mediaKindOf(beside.kind)}
          source={{
            url: asText(beside.url) || undefined,
            mediaId: asText(beside.mediaId) || undefined,
            filename: asText(beside.filename) || undefined,
          }}
          onSource={({ url, mediaId, filename }) => {
            const { url: _, mediaId: __, ...others } = beside;
            change(around, {
              ...others,
              ...(url !== undefined && { url }),
              ...(mediaId !== undefined && { mediaId }),
              ...(filename !== undefined && { filename }),
            });
          }}
        />
      )}
    </FieldFrame>
  );
}
