import { useAddressPart } from '../ui/use-address.ts';
import classes from './counts.module.css';
import { JourneyView } from './JourneyView.tsx';
import { Numbers } from './Numbers.tsx';

/** How the bot does: its numbers on the canvas, or the way of the one conversation that the address names. */
export default function CountsPanel() {
  const conversation = useAddressPart('journey');
  return (
    <div className={classes.panel}>
      {conversation === null ? <Numbers /> : <JourneyView key={conversation} conversation={conversation} />}
    </div>
  );
}
