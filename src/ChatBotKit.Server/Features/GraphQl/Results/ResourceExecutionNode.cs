using System.Text.Json;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace ChatBotKit.Server.Features.GraphQl.Results;

/// <summary>
/// A resource in a result. Its <c>SubFields</c> are only those that need a resolver; the others are copied from its row when the answer is
/// written.
/// </summary>
internal sealed class ResourceExecutionNode(ExecutionNode parent, IGraphType type, GraphQLField field, FieldType definition, int? index)
    : ObjectExecutionNode(parent, type, field, definition, index)
{
    private Range[] _values = [];

    /// <summary>The selection of the query; null when all fields are in <c>SubFields</c>.</summary>
    public ResourceSelection? Selection { get; private set; }

    /// <summary>Finds the values that need no resolver.</summary>
    /// <returns>False when a resolver has to report a value.</returns>
    public bool TryTake(ResourceSelection selection)
    {
        if (selection.Find(((ResourceNode)Result!).Data) is not { } values)
            return false;
        (Selection, _values) = (selection, values);
        return true;
    }

    /// <summary>Writes the value of a field that needs no resolver.</summary>
    public void Write(Utf8JsonWriter json, SelectedField field)
    {
        var resource = (ResourceNode)Result!;
        switch ((field.Definition as StoredField)?.Form)
        {
            case null:
                json.WriteStringValue(GraphType!.Name);
                break;
            case StoredForm.Id:
                json.WriteStringValue(resource.Id);
                break;
            case StoredForm.CreatedAt:
                json.WriteNumberValue(resource.CreatedAt);
                break;
            case StoredForm.UpdatedAt:
                json.WriteNumberValue(resource.UpdatedAt);
                break;
            default:
                var value = resource.Data.AsSpan(_values[field.Column]);
                if (value.IsEmpty)
                    json.WriteNullValue();
                else
                    json.WriteRawValue(value, skipInputValidation: true);
                break;
        }
    }
}
