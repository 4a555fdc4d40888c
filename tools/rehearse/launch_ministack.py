"""Starts MiniStack, with two of its faults mended. A later release may need none of this."""

from ministack.app import main
from ministack.services import apigateway
from ministack.services.cloudformation import _exports, _stacks, handlers, stacks

keys_address = apigateway._resolve_jwks_url
outputs_of = stacks._resolve_stack_outputs


async def keys_address_over_tls(authorizer):
    """Serving TLS only, it still asks itself for its token keys without TLS, and so refuses every token."""
    address = await keys_address(authorizer)
    return address and address.replace("http://", "https://", 1)


def outputs_that_keep_exports(*arguments):
    """CloudFormation refuses to change or to remove an export that another stack imports. MiniStack lets it pass."""
    outputs, exports = outputs_of(*arguments)
    stack_name, stack_id = arguments[5:7]
    for name, export in list(_exports.items()):
        unchanged = exports.get(name, {}).get("Value") == export["Value"]
        if export["StackId"] != stack_id or unchanged:
            continue
        for other_name, other in _stacks.items():
            status = other.get("StackStatus", "")
            if other_name == stack_name or "DELETE" in status:
                continue
            if name in handlers._imported_export_names(other, other_name):
                raise ValueError(f"Export {name} cannot be updated as it is in use by {other_name}")
    return outputs, exports


apigateway._resolve_jwks_url = keys_address_over_tls
stacks._resolve_stack_outputs = outputs_that_keep_exports

if __name__ == "__main__":
    main()
