using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Requests;

/// <summary>Writes the body of a <c>/chat/completions</c> request.</summary>
internal static class OpenAiRequestWriter
{
    // The body is read by a JSON parser and never embedded in a page, so only the escapes that JSON requires are needed.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="request">The request.</param>
    /// <param name="names">The names under which the tools are sent.</param>
    /// <param name="variations">The changes to the default form.</param>
    /// <param name="usesMaxCompletionTokens">Whether the token limit has its newer name by default.</param>
    public static ReadOnlyMemory<byte> Write(
        ModelRequest request, ToolNames names, OpenAiVariations variations, bool usesMaxCompletionTokens)
    {
        var buffer = new RentedBuffer();
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        json.WriteStartObject();
        json.WriteString("model"u8, request.Model.Name);
        json.WriteStartArray("messages"u8);
        foreach (var message in request.Messages)
            WriteMessage(json, message, names, variations);
        json.WriteEndArray();
        WriteTools(json, request, names, variations.HasFlag(OpenAiVariations.OnlyForcedTool));
        var isNewName = usesMaxCompletionTokens ^ variations.HasFlag(OpenAiVariations.OtherTokenLimit);
        WriteSettings(json, request.Model, variations, isNewName ? "max_completion_tokens"u8 : "max_tokens"u8);
        OpenAiAnswerWriter.Write(json, request, variations);
        json.WriteBoolean("stream"u8, true);
        if (!variations.HasFlag(OpenAiVariations.NoStreamOptions))
        {
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.Take();
    }

    private static void WriteMessage(Utf8JsonWriter json, ModelMessage message, ToolNames names, OpenAiVariations variations)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role switch
        {
            ModelRole.System => "system"u8,
            ModelRole.User => "user"u8,
            ModelRole.Assistant => "assistant"u8,
            _ => "tool"u8,
        });
        OpenAiContentWriter.Write(json, message, withPictures: !variations.HasFlag(OpenAiVariations.NoPictures));
        if (message.ToolCallId is not null)
            json.WriteString("tool_call_id"u8, CallId(message.ToolCallId, variations));
        if (message.ToolCalls.Count > 0)
            WriteToolCalls(json, message.ToolCalls, names, variations);
        GivenBack.WriteOfMessage(json, message.Fields);
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ModelToolCall> calls, ToolNames names, OpenAiVariations variations)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, CallId(call.Id, variations));
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, names.Sent(call.Name));
            json.WriteString("arguments"u8, call.Arguments);
            GivenBack.WriteOfFunction(json, call.Fields);
            json.WriteEndObject();
            GivenBack.WriteOfCall(json, call.Fields);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Returns the provider's id of the call, or a short id that is always the same for it.</summary>
    private static string CallId(string id, OpenAiVariations variations) => variations.HasFlag(OpenAiVariations.PlainCallIds)
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 5))[..9]
        : id;

    private static void WriteTools(Utf8JsonWriter json, ModelRequest request, ToolNames names, bool onlyForced)
    {
        // OpenAI refuses an empty list of tools.
        if (request.Tools.Count == 0)
            return;
        json.WriteStartArray("tools"u8);
        foreach (var tool in request.Tools.Where(tool => !onlyForced || request.ForcedTool is null || tool.Name == request.ForcedTool))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, names.Sent(tool.Name));
            json.WriteString("description"u8, tool.Description);
            json.WritePropertyName("parameters"u8);
            tool.Parameters.WriteTo(json);
            if (tool.IsStrict is { } isStrict)
                json.WriteBoolean("strict"u8, isStrict);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (request.ForcedTool is null)
            return;
        if (onlyForced)
            json.WriteString("tool_choice"u8, "required"u8);
        else
            WriteForcedTool(json, names.Sent(request.ForcedTool));
    }

    private static void WriteForcedTool(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSettings(
        Utf8JsonWriter json, ModelReference model, OpenAiVariations variations, ReadOnlySpan<byte> maxTokensName)
    {
        if (model.MaxTokens is { } maxTokens)
            json.WriteNumber(maxTokensName, maxTokens);
        if (model.Temperature is { } temperature && !variations.HasFlag(OpenAiVariations.NoTemperature))
            json.WriteNumber("temperature"u8, temperature);
        if (model.FrequencyPenalty is { } frequencyPenalty && !variations.HasFlag(OpenAiVariations.NoFrequencyPenalty))
            json.WriteNumber("frequency_penalty"u8, frequencyPenalty);
        if (model.PresencePenalty is { } presencePenalty && !variations.HasFlag(OpenAiVariations.NoPresencePenalty))
            json.WriteNumber("presence_penalty"u8, presencePenalty);
        if (model.Seed is { } seed && !variations.HasFlag(OpenAiVariations.NoSeed))
            json.WriteNumber("seed"u8, seed);
        // "auto" leaves the choice to the model, which is the same as omitting the field.
        if (model.ReasoningEffort is not (null or "auto") && !variations.HasFlag(OpenAiVariations.NoReasoningEffort))
            json.WriteString("reasoning_effort"u8, model.ReasoningEffort);
    }
}
