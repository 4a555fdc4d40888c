import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { applicationOf } from '../names.ts';
import type { StageStack } from '../stage-stack.ts';

const SPENT = { notificationType: 'ACTUAL', threshold: 80 };
const TO_COME = { notificationType: 'FORECASTED', threshold: 100 };

/**
 * Of this stage alone, by its tag. Billing knows a tag a day after it was activated there, once for each account. Budgets are
 * for the whole account, so their names carry the region.
 */
export function createBudget(scope: StageStack, topic: ITopic): void {
  const { monthlyBudget } = scope.stage;
  if (monthlyBudget === 'none') return;
  const application = applicationOf(scope.stage);
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `${application}-${scope.region}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyBudget, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:application$${application}`] },
    },
    notificationsWithSubscribers: [SPENT, TO_COME].map((notification) => ({
      notification: { ...notification, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    })),
  });
}
