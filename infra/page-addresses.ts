import { Function as EdgeFunction, FunctionCode, FunctionRuntime } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { ADDRESS_OF_PAGE } from '../shared/contract/page-addresses.ts';

/** Does what `fileAt` does, for each request for a file. S3 knows the names of files alone. */
const CODE = `function handler(event) {
  const request = event.request;
  if (${ADDRESS_OF_PAGE}.test(request.uri)) request.uri += '.html';
  return request;
}
`;

export const createPageAddresses = (scope: Construct): EdgeFunction =>
  new EdgeFunction(scope, 'PageAddresses', {
    comment: 'InMail credits: /docs is the file docs.html',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(CODE),
  });
