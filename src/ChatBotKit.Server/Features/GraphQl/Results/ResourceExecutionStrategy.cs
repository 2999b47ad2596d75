using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace ChatBotKit.Server.Features.GraphQl.Results;

/// <summary>
/// Executes queries as the library does, but creates no node for a field of a resource that needs no resolver: a resolver, a node and a
/// task for each field cost several times what reading the resource does.
/// </summary>
internal sealed class ResourceExecutionStrategy : ParallelExecutionStrategy
{
    protected override ExecutionNode BuildExecutionNode(
        ExecutionNode parent, IGraphType graphType, GraphQLField field, FieldType fieldDefinition, int? indexInParentNode = null)
    {
        var type = graphType is NonNullGraphType required ? required.ResolvedType! : graphType;
        return type is ObjectGraphType<ResourceNode>
            ? new ResourceExecutionNode(parent, type, field, fieldDefinition, indexInParentNode)
            : base.BuildExecutionNode(parent, graphType, field, fieldDefinition, indexInParentNode);
    }

    protected override void SetSubFieldNodes(ExecutionContext context, ObjectExecutionNode parent)
    {
        if (parent is not ResourceExecutionNode node || SelectionOf(context, node) is not { } selection || !node.TryTake(selection))
        {
            base.SetSubFieldNodes(context, parent);
            return;
        }

        var resolved = selection.Resolved;
        var nodes = resolved.Length == 0 ? [] : new ExecutionNode[resolved.Length];
        for (var index = 0; index < nodes.Length; index++)
            nodes[index] = BuildExecutionNode(node, resolved[index].Definition.ResolvedType!, resolved[index].Syntax, resolved[index].Definition);
        node.SubFields = nodes;
    }

    /// <summary>
    /// Returns the selection. It depends on the variables, so it belongs to one execution, in which all resources of a list share it.
    /// </summary>
    private ResourceSelection? SelectionOf(ExecutionContext context, ResourceExecutionNode node)
    {
        var selections = GraphQlCall.Of(context).Selections;
        // The same field has the same type everywhere, because no type of the schema stands for several.
        if (!selections.TryGetValue(node.Field, out var selection) && GetSubFields(context, node) is { } fields)
            selections[node.Field] = selection = new ResourceSelection(fields, context.Schema.TypeNameMetaFieldType);
        return selection;
    }
}
