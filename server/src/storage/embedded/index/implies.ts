import { compare, equal, rank } from '../bson/order.ts';
import { type Doc, isDoc, MaxKey, MinKey, typeCode, type Value } from '../bson/value.ts';
import { type Clause, clausesOf } from '../query/clauses.ts';
import { typeCodes } from '../query/type-list.ts';

/** Whether every document that the clauses select is sure to match the filter of a partial index. */
export function implies(clauses: Clause[], partial: Doc): boolean {
  return [...partial].every(([name, operand]) => {
    const branches = Array.isArray(operand) ? operand.filter(isDoc) : [];
    if (name === '$and') return branches.every((branch) => implies(clauses, branch));
    if (name === '$or') return branches.some((branch) => implies(clauses, branch));
    return clausesOf(new Map([[name, operand]])).every((wanted) =>
      clauses.some((clause) => clause.path === wanted.path && impliesClause(clause, wanted)),
    );
  });
}

/** Whether a clause on this path selects only documents that have the field. */
export function impliesExists({ operator, operand }: Clause): boolean {
  switch (operator) {
    case '$eq':
      return operand !== null;
    case '$gte':
    case '$lte':
    case '$gt':
    case '$lt':
      return operand !== null && !(operand instanceof MinKey) && !(operand instanceof MaxKey); // they ask of all
    case '$type':
    case '$regex':
    case '$size':
    case '$mod':
    case '$elemMatch':
      return true;
    case '$exists':
      return operand === true;
    case '$in':
      return Array.isArray(operand) && operand.every((value) => value !== null);
    default:
      return false;
  }
}

function impliesClause(clause: Clause, wanted: Clause): boolean {
  if (clause.operator === wanted.operator && equal(clause.operand, wanted.operand)) return true;
  if (wanted.operator === '$exists') return impliesExists(clause);
  if (clause.operator === '$in') {
    const { path, operand } = clause;
    return (
      Array.isArray(operand) && operand.every((one) => impliesClause({ path, operator: '$eq', operand: one }, wanted))
    );
  }
  if (wanted.operator === '$in') return impliesAmong(clause, wanted.operand);
  if (wanted.operator === '$type') return impliesType(clause, wanted.operand);
  return impliesComparison(clause, wanted);
}

const impliesAmong = ({ operator, operand }: Clause, values: Value): boolean =>
  operator === '$eq' && Array.isArray(values) && values.some((value) => equal(value, operand));

/** A comparison never leaves its operand's rank, so `{ $lte: date }` implies `{ $type: 'date' }`. */
function impliesType({ operator, operand }: Clause, types: Value): boolean {
  const wanted = typeCodes(types);
  if (operator === '$type') return [...typeCodes(operand)].every((code) => wanted.has(code));
  if (!['$eq', '$gt', '$gte', '$lt', '$lte'].includes(operator)) return false;
  const code = typeCode(operand);
  if ([1, 16, 18, 19].includes(code)) return [1, 16, 18, 19].every((number) => wanted.has(number));
  if (code === 10 || code === 4 || code === -1 || code === 127) return false;
  return wanted.has(code);
}

function impliesComparison(clause: Clause, wanted: Clause): boolean {
  if (rank(clause.operand) !== rank(wanted.operand) || Array.isArray(wanted.operand) || wanted.operand === null)
    return false;
  const order = compare(clause.operand, wanted.operand);
  const { operator } = clause;
  switch (wanted.operator) {
    case '$eq':
      return operator === '$eq' && order === 0;
    case '$gt':
      return operator === '$gt' ? order >= 0 : (operator === '$gte' || operator === '$eq') && order > 0;
    case '$gte':
      return (operator === '$gt' || operator === '$gte' || operator === '$eq') && order >= 0;
    case '$lt':
      return operator === '$lt' ? order <= 0 : (operator === '$lte' || operator === '$eq') && order < 0;
    case '$lte':
      return (operator === '$lt' || operator === '$lte' || operator === '$eq') && order <= 0;
    default:
      return false;
  }
}
