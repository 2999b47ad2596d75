using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>Writes completions and their chunks. The parts that are equal in all chunks are made once.</summary>
internal sealed class ChatEnvelope
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _id;
    private readonly string _model;
    private readonly long _created;
    private readonly bool _includesUsage;
    private readonly bool _hasFunctions;
    private readonly byte[] _head;
    private readonly byte[] _textStart;
    private readonly byte[] _textEnd;

    /// <param name="id">The id of the completion.</param>
    /// <param name="model">The model as the request names it.</param>
    /// <param name="created">The time, in seconds since the Unix epoch.</param>
    /// <param name="includesUsage">Whether a stream ends with the usage; then every chunk has the field.</param>
    /// <param name="hasFunctions">Whether the tools of the request are in the older form.</param>
    public ChatEnvelope(string id, string model, long created, bool includesUsage, bool hasFunctions = false)
    {
        (_id, _model, _created, _includesUsage, _hasFunctions) = (id, model, created, includesUsage, hasFunctions);
        var head = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(head, Options))
        {
            json.WriteStartObject();
            WriteHead(json, "chat.completion.chunk"u8);
            json.WriteEndObject();
        }

        // Without its last brace, so that the choices can follow.
        _head = [.. "data: "u8, .. head.WrittenSpan[..^1]];
        _textStart = [.. _head, .. ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""u8];
        _textEnd = Encoding.UTF8.GetBytes($"\"}},\"finish_reason\":null}}]{(includesUsage ? ",\"usage\":null" : "")}}}\n\n");
    }

    /// <summary>Begins a chunk of text. The text follows with the escapes of a JSON string.</summary>
    public void BeginText(IBufferWriter<byte> body) => body.Write(_textStart);

    public void EndText(IBufferWriter<byte> body) => body.Write(_textEnd);

    public void WriteRole(IBufferWriter<byte> body) => WriteChunk(body, finish: null, static delta =>
    {
        delta.WriteString("role"u8, "assistant"u8);
        delta.WriteString("content"u8, ""u8);
    });

    public void WriteCalls(IBufferWriter<byte> body, IReadOnlyList<ToolActivity> calls) =>
        WriteChunk(body, finish: null, delta => WriteCalls(delta, calls, areNumbered: true));

    /// <summary>Writes the end of a stream.</summary>
    public void WriteEnd(IBufferWriter<byte> body, ChatOutcome outcome)
    {
        WriteChunk(body, FinishReasonOf(outcome), static _ => { });
        if (_includesUsage)
        {
            body.Write(_head);
            WriteRest(body, json =>
            {
                json.WriteStartArray("choices"u8);
                json.WriteEndArray();
                WriteUsage(json, outcome);
            });
        }

        body.Write("data: [DONE]\n\n"u8);
    }

    /// <summary>
    /// Writes the error that ends a stream early. The client for .NET ignores errors, and would take the answer for complete. It can't read
    /// <c>choices</c> that are null, so it throws.
    /// </summary>
    public static void WriteError(IBufferWriter<byte> body, ApiError error)
    {
        body.Write("data: "u8);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            OpenAiErrors.Write(json, error);
            json.WriteNull("choices"u8);
            json.WriteEndObject();
        }

        body.Write("\n\n"u8);
    }

    /// <summary>Writes a whole completion.</summary>
    public void WriteWhole(IBufferWriter<byte> body, ChatOutcome outcome)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        WriteHead(json, "chat.completion"u8);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WritePropertyName("content"u8);
        if (outcome.Text.Length == 0 && outcome.Calls.Count > 0)
            json.WriteNullValue();
        else
            json.WriteRawValue([(byte)'"', .. outcome.Text, (byte)'"'], skipInputValidation: true);
        json.WriteNull("refusal"u8);
        if (outcome.Calls.Count > 0)
            WriteCalls(json, outcome.Calls, areNumbered: false);
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, FinishReasonOf(outcome));
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, outcome);
        json.WriteEndObject();
    }

    private string FinishReasonOf(ChatOutcome outcome) =>
        _hasFunctions && outcome.Calls.Count > 0 ? "function_call" : outcome.FinishReason;

    private void WriteHead(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteString("id"u8, _id);
        json.WriteString("object"u8, type);
        json.WriteNumber("created"u8, _created);
        json.WriteString("model"u8, _model);
    }

    private void WriteChunk(IBufferWriter<byte> body, string? finish, Action<Utf8JsonWriter> delta)
    {
        body.Write(_head);
        WriteRest(body, json =>
        {
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("delta"u8);
            delta(json);
            json.WriteEndObject();
            json.WriteString("finish_reason"u8, finish);
            json.WriteEndObject();
            json.WriteEndArray();
            if (_includesUsage)
                json.WriteNull("usage"u8);
        });
    }

    /// <summary>Writes the properties after the head.</summary>
    private static void WriteRest(IBufferWriter<byte> body, Action<Utf8JsonWriter> properties)
    {
        var rest = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(rest, Options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        // A comma in place of the brace joins the properties to those of the head.
        body.Write(","u8);
        body.Write(rest.WrittenSpan[1..]);
        body.Write("\n\n"u8);
    }

    private void WriteCalls(Utf8JsonWriter json, IReadOnlyList<ToolActivity> calls, bool areNumbered)
    {
        if (_hasFunctions)
        {
            WriteFunction(json, "function_call"u8, calls[0]);
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        var index = 0;
        foreach (var call in calls)
        {
            json.WriteStartObject();
            if (areNumbered)
                json.WriteNumber("index"u8, index++);
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            WriteFunction(json, "function"u8, call);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter json, ReadOnlySpan<byte> name, ToolActivity call)
    {
        json.WriteStartObject(name);
        json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, call.Arguments);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, ChatOutcome outcome)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, outcome.InputTokens);
        json.WriteNumber("completion_tokens"u8, outcome.OutputTokens);
        json.WriteNumber("total_tokens"u8, outcome.InputTokens + outcome.OutputTokens);
        json.WriteEndObject();
    }
}
