using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// Reads the data of one event with a <see cref="Utf8JsonReader"/>, because this runs once per token: a token costs
/// its string and nothing else. Whole answers have the same shape with <c>message</c> in place of <c>delta</c>.
/// </summary>
internal static class OpenAiChunkReader
{
    /// <exception cref="JsonException">The data is not a JSON object, or holds text that is not Unicode.</exception>
    public static OpenAiChunk Read(ReadOnlySpan<byte> data)
    {
        data = data.Trim(" \t"u8);
        if (data.IsEmpty)
            return default;
        if (data.SequenceEqual("[DONE]"u8))
            return new OpenAiChunk { IsDone = true };
        try
        {
            return ReadObject(data);
        }
        catch (InvalidOperationException e)
        {
            // The reader's way of refusing half a surrogate pair or bytes that are not UTF-8.
            throw new JsonException("The text is not valid Unicode.", e);
        }
    }

    private static OpenAiChunk ReadObject(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        var chunk = default(OpenAiChunk);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object.");
        while (NextField(ref reader, out var name))
        {
            if (name.SequenceEqual("choices"u8) && reader.TokenType == JsonTokenType.StartArray)
                ReadChoices(ref reader, data, ref chunk);
            else if (name.SequenceEqual("usage"u8) && reader.TokenType == JsonTokenType.StartObject)
                chunk.Usage = ReadUsage(ref reader);
            else if (name.SequenceEqual("error"u8) && reader.TokenType != JsonTokenType.Null)
                chunk.Error = OpenAiError.From(JsonElement.ParseValue(ref reader));
            else
                reader.Skip();
        }

        return chunk;
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // One choice is asked for; a provider that sends more would mix two answers.
            if (first && reader.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref reader, data, ref chunk);
            else
                reader.Skip();
            first = false;
        }
    }

    private static void ReadChoice(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        while (NextField(ref reader, out var name))
        {
            if ((name.SequenceEqual("delta"u8) && reader.TokenType == JsonTokenType.StartObject)
                || (name.SequenceEqual("message"u8) && reader.TokenType == JsonTokenType.StartObject))
                ReadDelta(ref reader, data, ref chunk);
            else if (name.SequenceEqual("finish_reason"u8) && reader.TokenType == JsonTokenType.String)
                chunk.FinishReason = FinishReason(ref reader);
            else
                reader.Skip();
        }
    }

    private static ModelEndReason FinishReason(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("length"u8))
            return ModelEndReason.Length;
        return reader.ValueTextEquals("tool_calls"u8) ? ModelEndReason.ToolCalls : ModelEndReason.Stop;
    }

    private static void ReadDelta(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref OpenAiChunk chunk)
    {
        while (NextField(ref reader, out var name))
        {
            // A refusal comes in its own field and takes the place of the content.
            if ((name.SequenceEqual("content"u8) && reader.TokenType == JsonTokenType.String)
                || (name.SequenceEqual("refusal"u8) && reader.TokenType == JsonTokenType.String))
                chunk.Text += reader.GetString();
            else if (name.SequenceEqual("content"u8) && reader.TokenType == JsonTokenType.StartArray)
                chunk.Text = ReadParts(ref reader);
            // Providers use either name, and some send the same text under both.
            else if ((name.SequenceEqual("reasoning_content"u8) && reader.TokenType == JsonTokenType.String)
                || (name.SequenceEqual("reasoning"u8) && reader.TokenType == JsonTokenType.String))
                chunk.Reasoning = reader.GetString();
            else if (name.SequenceEqual("tool_calls"u8) && reader.TokenType == JsonTokenType.StartArray)
                chunk.ToolCalls = ReadToolCalls(ref reader, data);
            else
                reader.Skip();
        }
    }

    private static string ReadParts(ref Utf8JsonReader reader)
    {
        var text = new StringBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            while (NextField(ref reader, out var name))
            {
                if (name.SequenceEqual("text"u8) && reader.TokenType == JsonTokenType.String)
                    text.Append(reader.GetString());
                else
                    reader.Skip();
            }
        }

        return text.ToString();
    }

    private static List<ToolCallFragment> ReadToolCalls(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var fragments = new List<ToolCallFragment>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                fragments.Add(ReadToolCall(ref reader, data));
            else
                reader.Skip();
        }

        return fragments;
    }

    private static ToolCallFragment ReadToolCall(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var fragment = default(ToolCallFragment);
        while (NextField(ref reader, out var name))
        {
            if (name.SequenceEqual("index"u8) && reader.TokenType == JsonTokenType.Number)
                fragment = fragment with { Index = reader.TryGetInt32(out var index) ? index : null };
            else if (name.SequenceEqual("id"u8) && reader.TokenType == JsonTokenType.String)
                fragment = fragment with { Id = reader.GetString() };
            else if (name.SequenceEqual("function"u8) && reader.TokenType == JsonTokenType.StartObject)
                fragment = ReadFunction(ref reader, data, fragment);
            else
                reader.Skip();
        }

        return fragment;
    }

    private static ToolCallFragment ReadFunction(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ToolCallFragment fragment)
    {
        while (NextField(ref reader, out var name))
        {
            if (name.SequenceEqual("name"u8) && reader.TokenType == JsonTokenType.String)
                fragment = fragment with { Name = reader.GetString() };
            else if (name.SequenceEqual("arguments"u8) && reader.TokenType == JsonTokenType.String)
                fragment = fragment with { Arguments = reader.GetString() };
            // Some servers send the arguments as an object instead of its text.
            else if (name.SequenceEqual("arguments"u8) && reader.TokenType == JsonTokenType.StartObject)
                fragment = fragment with { Arguments = RawText(ref reader, data) };
            else
                reader.Skip();
        }

        return fragment;
    }

    private static string RawText(ref Utf8JsonReader reader, ReadOnlySpan<byte> data)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(data[start..(int)reader.BytesConsumed]);
    }

    private static ModelUsage ReadUsage(ref Utf8JsonReader reader)
    {
        long input = 0, output = 0;
        while (NextField(ref reader, out var name))
        {
            if (name.SequenceEqual("prompt_tokens"u8) && reader.TokenType == JsonTokenType.Number)
                input = reader.TryGetInt64(out var value) ? value : 0;
            else if (name.SequenceEqual("completion_tokens"u8) && reader.TokenType == JsonTokenType.Number)
                output = reader.TryGetInt64(out var value) ? value : 0;
            else
                reader.Skip();
        }

        return new ModelUsage(input, output);
    }

    /// <summary>Moves to the next field's value; false at the end of the object.</summary>
    private static bool NextField(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            name = default;
            return false;
        }

        name = reader.ValueSpan;
        return reader.Read();
    }
}
