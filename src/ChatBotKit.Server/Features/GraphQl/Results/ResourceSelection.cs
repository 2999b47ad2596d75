using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Json;
using GraphQL.Types;
using GraphQLParser.AST;

namespace ChatBotKit.Server.Features.GraphQl.Results;

/// <summary>A field that a query selects of a resource.</summary>
/// <param name="Key">Its name in the answer.</param>
/// <param name="Syntax">The field in the query.</param>
/// <param name="Definition">The field in the schema.</param>
/// <param name="Column">The place of its value among those of the document; -1 when it has none there.</param>
internal sealed record SelectedField(JsonEncodedText Key, GraphQLField Syntax, FieldType Definition, int Column)
{
    /// <summary>Whether a node of the executor has the value.</summary>
    public bool IsResolved { get; init; }
}

/// <summary>
/// The fields that a query selects of resources of one type. It finds their values in a document in one pass, so that a list of many
/// resources does not run a resolver for each of their fields.
/// </summary>
internal sealed class ResourceSelection
{
    private readonly List<StoredField> _columns = [];

    /// <param name="fields">The fields by their names in the answer.</param>
    /// <param name="typeName">The field of the schema that returns the name of a type.</param>
    public ResourceSelection(Dictionary<string, (GraphQLField Field, FieldType FieldType)> fields, FieldType typeName)
    {
        Fields = [.. fields.Select(field => Select(field.Key, field.Value.Field, field.Value.FieldType, typeName))];
        Resolved = [.. Fields.Where(field => field.IsResolved)];
    }

    /// <summary>All fields, in the order of the query.</summary>
    public SelectedField[] Fields { get; }

    /// <summary>The fields that need a resolver.</summary>
    public SelectedField[] Resolved { get; }

    /// <summary>Finds the values of the columns in a document.</summary>
    /// <returns>Null when a value does not have the form of its field, so that a resolver has to report it.</returns>
    public Range[]? Find(byte[] document)
    {
        if (_columns.Count == 0)
            return [];
        try
        {
            return FindColumns(document);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Range[]? FindColumns(byte[] document)
    {
        var values = new Range[_columns.Count];
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = JsonRules.StoredDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = ColumnOf(ref reader);
            reader.Read();
            if (column < 0)
            {
                reader.Skip();
                continue;
            }

            if (!Fits(_columns[column].Form, ref reader, out var hasValue))
                return null;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            values[column] = hasValue ? start..(int)reader.BytesConsumed : default;
        }

        return values;
    }

    private static bool Fits(StoredForm form, ref Utf8JsonReader reader, out bool hasValue)
    {
        hasValue = reader.TokenType != JsonTokenType.Null;
        if (!hasValue)
            return true;
        switch (form)
        {
            case StoredForm.Text:
                hasValue = reader.TokenType == JsonTokenType.String;
                return true;
            case StoredForm.Flag:
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            case StoredForm.Integer:
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out _);
            case StoredForm.Number:
                return reader.TokenType == JsonTokenType.Number;
            default:
                return true;
        }
    }

    private int ColumnOf(ref Utf8JsonReader reader)
    {
        // Most names are compared with many columns, so the cheapest comparison counts.
        var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        for (var column = 0; column < _columns.Count; column++)
        {
            if (name.SequenceEqual(_columns[column].Utf8Name))
                return column;
        }

        return -1;
    }

    private SelectedField Select(string key, GraphQLField syntax, FieldType definition, FieldType typeName)
    {
        var column = -1;
        if (definition is StoredField { IsInDocument: true } stored)
        {
            column = _columns.IndexOf(stored);
            if (column < 0)
            {
                column = _columns.Count;
                _columns.Add(stored);
            }
        }

        return new SelectedField(JsonEncodedText.Encode(key), syntax, definition, column)
        {
            IsResolved = definition is not StoredField && definition != typeName,
        };
    }
}
