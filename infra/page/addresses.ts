import { Function as EdgeFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import { ADDRESS_OF_PAGE } from '../../shared/contract/page-addresses.ts';
import type { StageStack } from '../stage-stack.ts';

/** Does the work of `fileAt` for each request for a file, because S3 knows only the names of files. */
const CODE = `function handler(event) {
  const request = event.request;
  if (${ADDRESS_OF_PAGE}.test(request.uri)) request.uri += '.html';
  return request;
}
`;

export const createPageAddresses = (scope: StageStack): EdgeFunction =>
  new EdgeFunction(scope, 'Addresses', {
    functionName: scope.nameOf(`addresses-${scope.region}`), // all regions of an account share these names
    comment: 'InMail credits: /docs is the file docs.html',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(CODE),
  });
