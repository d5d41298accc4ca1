import { useTranslation } from 'react-i18next';
import { type FlowTest, replaceFlowTest } from '../api/flow-tests.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { TestDialog } from './TestDialog.tsx';
import { TestForm } from './TestForm.tsx';

interface EditTestDialogProps {
  /** Null while none is edited. */
  test: FlowTest | null;
  onClose: () => void;
}

/** Changes what a test is called and what it expects; what the customer did stays. */
export function EditTestDialog({ test, onClose }: EditTestDialogProps) {
  const { t } = useTranslation('simulator');
  const { document } = useOpenFlow();
  return (
    <TestDialog isOpen={test !== null} title={t('save.edit')} onClose={onClose}>
      {test && (
        <TestForm
          script={test.script}
          title={test.title}
          save={(draft) => replaceFlowTest(document.id, test.id, draft)}
          onSaved={onClose}
        />
      )}
    </TestDialog>
  );
}
