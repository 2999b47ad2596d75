using System.Collections.Frozen;
using System.Text.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>
/// Reads the body of a request for a completion. A field that would change the answer in a way that is not supported is refused, as
/// is a field that the protocol does not have. A field that has no effect on the answer is ignored.
/// </summary>
internal static class ChatRequestReader
{
    private const int MaxStops = 4;

    private static readonly FrozenSet<string> Used = FrozenSet.Create(
        "model", "messages", "tools", "tool_choice", "functions", "function_call", "parallel_tool_calls", "response_format", "stop",
        "max_tokens", "max_completion_tokens", "temperature", "top_p", "frequency_penalty", "presence_penalty", "seed",
        "reasoning_effort", "stream", "stream_options", "n");

    private static readonly FrozenSet<string> Ignored = FrozenSet.Create(
        "user", "store", "metadata", "service_tier", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "prediction",
        "verbosity", "modalities", "logprobs", "top_logprobs", "logit_bias", "audio", "web_search_options");

    /// <exception cref="ChatFault">400: the body is not a request that can be handled.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        body.RequireObject("body");
        RefuseUnsupported(body);
        var tools = ChatTools.Read(body);
        var stream = body.Flag("stream") ?? false;
        return new ChatRequest
        {
            Model = ModelIn(body),
            Messages = ChatMessageReader.Read(body),
            Tools = tools.Functions,
            Answer = new AnswerSettings
            {
                TopP = body.Number("top_p", 0, 1),
                Stop = StopIn(body),
                Format = FormatIn(body),
                ToolChoice = tools.Choice,
                ParallelCalls = body.Flag("parallel_tool_calls"),
            },
            Settings = new ChatModelSettings
            {
                MaxTokens = MaxTokensIn(body),
                Temperature = body.Number("temperature", 0, 2),
                FrequencyPenalty = body.Number("frequency_penalty", -2, 2),
                PresencePenalty = body.Number("presence_penalty", -2, 2),
                Seed = body.Whole("seed", long.MinValue, long.MaxValue),
                ReasoningEffort = body.Choice("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh"),
                Function = tools.Forced,
            },
            IsStreamed = stream,
            HasFunctions = tools.AreFunctions,
            IncludesUsage = IncludesUsage(body, stream),
        };
    }

    private static void RefuseUnsupported(JsonElement body)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (!Used.Contains(field.Name) && !Ignored.Contains(field.Name))
                throw ChatFault.Bad(field.Name, $"Unrecognized request argument supplied: {field.Name}");
        }

        if (body.Whole("n", 1, 128) > 1)
            throw ChatFault.Bad("n", "This server gives one choice per request: send the request several times instead of 'n'.");
        if (body.Flag("logprobs") == true || body.Whole("top_logprobs", 0, 20) > 0)
            throw ChatFault.Bad("logprobs", "This server has no log probabilities of tokens.");
        if (body.Field("logit_bias") is { } bias && bias.RequireObject("logit_bias").EnumerateObject().Any())
            throw ChatFault.Bad("logit_bias", "This server does not support 'logit_bias'.");
        if (body.Field("modalities")?.RequireArray("modalities").Any(one => one.RequireText("modalities") != "text") == true)
            throw ChatFault.Bad("modalities", "This server answers with text only.");
        if (body.Field("web_search_options") is not null)
            throw ChatFault.Bad("web_search_options", "This server does not support 'web_search_options': give a bot an ability that searches.");
    }

    private static string ModelIn(JsonElement body)
    {
        var model = body.Field("model")?.RequireText("model") ?? "";
        return model.Trim().Length > 0
            ? model
            : throw ChatFault.Bad("model", "You must provide a model parameter: a model, for example model/name=…, or a bot, as bot/id=….");
    }

    private static IReadOnlyList<string> StopIn(JsonElement body)
    {
        if (body.Field("stop") is not { } stop)
            return [];
        if (stop.ValueKind == JsonValueKind.String)
            return [stop.GetString()!];
        var all = stop.RequireArray("stop");
        return all.Count <= MaxStops
            ? [.. all.Select(one => one.RequireText("stop"))]
            : throw ChatFault.Bad("stop", $"Invalid 'stop': at most {MaxStops} texts.");
    }

    /// <summary>Returns the format of an answer in JSON; null for one in plain text.</summary>
    private static JsonElement? FormatIn(JsonElement body)
    {
        if (body.Field("response_format") is not { } format)
            return null;
        switch (format.RequireObject("response_format").Field("type")?.RequireText("response_format.type"))
        {
            case "text":
                return null;
            case "json_object":
                return format;
            case "json_schema":
                var schema = format.Field("json_schema") ?? throw ChatFault.Bad("response_format.json_schema", "Missing 'response_format.json_schema'.");
                if (schema.RequireObject("response_format.json_schema").Field("name")?.RequireText("response_format.json_schema.name") is not { Length: > 0 })
                    throw ChatFault.Bad("response_format.json_schema.name", "Missing 'response_format.json_schema.name'.");
                return format;
            default:
                throw ChatFault.Bad("response_format.type", "'response_format.type' must be text, json_object or json_schema.");
        }
    }

    private static int? MaxTokensIn(JsonElement body)
    {
        var (older, newer) = (body.Whole("max_tokens", 1, int.MaxValue), body.Whole("max_completion_tokens", 1, int.MaxValue));
        return older is null || newer is null
            ? (int?)(newer ?? older)
            : throw ChatFault.Bad("max_tokens", "Set 'max_completion_tokens' or 'max_tokens', not both.");
    }

    private static bool IncludesUsage(JsonElement body, bool isStreamed)
    {
        if (body.Field("stream_options") is not { } options)
            return false;
        if (!isStreamed)
            throw ChatFault.Bad("stream_options", "'stream_options' is only allowed when 'stream' is true.");
        return options.RequireObject("stream_options").Flag("include_usage", "stream_options.include_usage") ?? false;
    }
}
