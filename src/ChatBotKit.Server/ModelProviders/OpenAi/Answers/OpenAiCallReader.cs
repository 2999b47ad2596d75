using System.Buffers.Text;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>Reads the fragments of tool calls.</summary>
internal static class OpenAiCallReader
{
    /// <returns>The fragments; null for an empty list, which some servers send with every text.</returns>
    public static List<ToolCallFragment>? ReadAll(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        List<ToolCallFragment>? fragments = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                (fragments ??= new List<ToolCallFragment>(1)).Add(Read(ref reader, data) with { IsNext = fragments.Count > 0 });
            else
                reader.Skip();
        }

        return fragments;
    }

    public static ToolCallFragment Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var fragment = default(ToolCallFragment);
        List<(string, byte[])>? fields = null;
        ReadFields(ref reader, data, ref fragment, ref fields, isInFunction: false);
        return fields is null ? fragment : fragment with { Fields = fields };
    }

    private static void ReadFields(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref ToolCallFragment fragment, ref List<(string, byte[])>? fields,
        bool isInFunction)
    {
        while (reader.NextField(out var name))
        {
            var token = reader.TokenType;
            switch (OpenAiVocabulary.OfCall(name))
            {
                case CallField.Function when token == JsonTokenType.StartObject && !isInFunction:
                    ReadFields(ref reader, data, ref fragment, ref fields, isInFunction: true);
                    break;
                case CallField.Index when token is JsonTokenType.Number or JsonTokenType.String:
                    fragment = fragment with { Index = Utf8Parser.TryParse(reader.ValueSpan, out int index, out _) ? index : null };
                    break;
                case CallField.Id when token == JsonTokenType.String:
                    fragment = fragment with { Id = TextJoiner.Whole(ref reader) };
                    break;
                case CallField.Name when token == JsonTokenType.String:
                    fragment = fragment with { Name = TextJoiner.Whole(ref reader) };
                    break;
                case CallField.Arguments when token == JsonTokenType.String:
                    fragment = fragment with { Arguments = reader.ValueSpan.ToArray(), IsEscaped = reader.ValueIsEscaped };
                    break;
                // Some servers send the arguments as an object instead of a string.
                case CallField.Arguments when token == JsonTokenType.StartObject:
                    fragment = fragment with { Arguments = reader.TakeRaw(data).ToArray(), IsEscaped = false };
                    break;
                case CallField.Unknown when token != JsonTokenType.Null:
                    // Unknown fields of the inner object are sent back inside a field "function".
                    var raw = reader.TakeRaw(data);
                    (fields ??= []).Add(isInFunction ? ("function", OpenAiJson.Object(name, raw)) : (OpenAiJson.Name(name), raw.ToArray()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
