using System.Text;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>
/// The meaning of the fields and words of an answer, for all providers. Support for the words of another provider is added here
/// only. An unknown field is sent back to its provider; an unknown finish reason ends the answer if nothing follows it.
/// </summary>
internal static class OpenAiVocabulary
{
    private static readonly Word<RootField>[] RootFields =
    [
        new("choices", RootField.Choices),
        new("usage", RootField.Usage),
        // Groq sends the usage here even if it was not requested.
        new("x_groq", RootField.UsageHolder),
        new("error", RootField.Error),
        new("errors", RootField.Error),
        new("object", RootField.Object),
        new("type", RootField.Type),
        new("code", RootField.Code),
        new("status", RootField.Code),
        new("detail", RootField.Words),
        new("details", RootField.Words),
        new("msg", RootField.Words),
        new("error_code", RootField.Code),
        new("error_msg", RootField.Words),
        // MiniMax reports the outcome of each answer here; 0 means success.
        new("base_resp", RootField.Report),
        // A string is a failure; an object is a piece of an answer in Ollama's own format.
        new("message", RootField.Message),
        new("done", RootField.Done),
        new("done_reason", RootField.End),
        new("prompt_eval_count", RootField.InputTokens),
        new("eval_count", RootField.OutputTokens),
    ];

    private static readonly Word<ChoiceField>[] ChoiceFields =
    [
        new("index", ChoiceField.Index),
        new("delta", ChoiceField.Delta),
        new("message", ChoiceField.Message),
        // The field of the older completions format, which some servers send beside the delta.
        new("text", ChoiceField.Text),
        new("content", ChoiceField.Text),
        new("finish_reason", ChoiceField.End),
        new("error", ChoiceField.Error),
        new("usage", ChoiceField.Usage),
    ];

    private static readonly Word<DeltaField>[] DeltaFields =
    [
        new("content", DeltaField.Text),
        new("refusal", DeltaField.Refusal),
        new("reasoning_content", DeltaField.Reasoning),
        new("reasoning", DeltaField.Reasoning),
        new("thinking", DeltaField.Reasoning),
        new("tool_calls", DeltaField.Calls),
        new("function_call", DeltaField.Call),
        new("role", DeltaField.Ours),
        new("name", DeltaField.Ours),
        new("tool_call_id", DeltaField.Ours),
        // Descriptions of the answer, which no provider accepts in a request.
        new("annotations", DeltaField.Ours),
        new("audio", DeltaField.Ours),
        new("images", DeltaField.Ours),
        new("logprobs", DeltaField.Ours),
        new("token_ids", DeltaField.Ours),
        new("finish_reason", DeltaField.Ours),
        new("stop_reason", DeltaField.Ours),
    ];

    private static readonly Word<PartField>[] PartFields =
    [
        new("type", PartField.Type),
        new("text", PartField.Text),
        new("refusal", PartField.Refusal),
        new("thinking", PartField.Thought),
        new("reasoning", PartField.Thought),
    ];

    private static readonly Word<PartKind>[] PartKinds =
    [
        new("thinking", PartKind.Thought),
        new("reasoning", PartKind.Thought),
        new("thought", PartKind.Thought),
    ];

    private static readonly Word<CallField>[] CallFields =
    [
        new("arguments", CallField.Arguments),
        new("index", CallField.Index),
        new("id", CallField.Id),
        new("function", CallField.Function),
        new("name", CallField.Name),
        new("type", CallField.Ours),
    ];

    private static readonly Word<OpenAiEnd>[] Ends =
    [
        new("stop", OpenAiEnd.Stop),
        new("length", OpenAiEnd.Length),
        new("tool_calls", OpenAiEnd.ToolCalls),
        // Some servers write these words for "not yet finished".
        new("", OpenAiEnd.None),
        new("null", OpenAiEnd.None),
        new("none", OpenAiEnd.None),
        new("end_turn", OpenAiEnd.Stop),
        new("eos", OpenAiEnd.Stop),
        new("eos_token", OpenAiEnd.Stop),
        new("stop_sequence", OpenAiEnd.Stop),
        new("complete", OpenAiEnd.Stop),
        new("completed", OpenAiEnd.Stop),
        new("max_tokens", OpenAiEnd.Length),
        new("max_output_tokens", OpenAiEnd.Length),
        new("model_length", OpenAiEnd.Length),
        new("model_context_window_exceeded", OpenAiEnd.Length),
        new("tool_call", OpenAiEnd.ToolCalls),
        new("tool_use", OpenAiEnd.ToolCalls),
        new("function_call", OpenAiEnd.ToolCalls),
        new("content_filter", OpenAiEnd.Filtered),
        new("safety", OpenAiEnd.Filtered),
        new("recitation", OpenAiEnd.Filtered),
        new("blocklist", OpenAiEnd.Filtered),
        new("prohibited_content", OpenAiEnd.Filtered),
        new("sensitive", OpenAiEnd.Filtered),
        new("refusal", OpenAiEnd.Filtered),
        new("error", OpenAiEnd.Failed),
        new("abort", OpenAiEnd.Failed),
        new("network_error", OpenAiEnd.Failed),
        new("insufficient_system_resource", OpenAiEnd.Failed),
    ];

    public static RootField OfRoot(ReadOnlySpan<byte> name) => Find(RootFields, name);

    public static ChoiceField OfChoice(ReadOnlySpan<byte> name) => Find(ChoiceFields, name);

    public static DeltaField OfDelta(ReadOnlySpan<byte> name) => Find(DeltaFields, name);

    public static PartField OfPart(ReadOnlySpan<byte> name) => Find(PartFields, name);

    /// <summary>Returns the kind of a content part by its type.</summary>
    public static PartKind KindOfPart(ReadOnlySpan<byte> type) => Find(PartKinds, type);

    public static CallField OfCall(ReadOnlySpan<byte> name) => Find(CallFields, name);

    /// <summary>Returns the meaning of a finish reason, ignoring case.</summary>
    public static OpenAiEnd EndOf(ReadOnlySpan<byte> reason)
    {
        reason = reason.Trim(" \t"u8);
        foreach (ref readonly var word in Ends.AsSpan())
        {
            if (Ascii.EqualsIgnoreCase(reason, word.Name))
                return word.Meaning;
        }

        return OpenAiEnd.Unknown;
    }

    private static T Find<T>(Word<T>[] words, ReadOnlySpan<byte> name)
        where T : struct
    {
        foreach (ref readonly var word in words.AsSpan())
        {
            if (name.Length == word.Name.Length && name.SequenceEqual(word.Name))
                return word.Meaning;
        }

        return default;
    }

    private readonly struct Word<T>(string name, T meaning)
    {
        public readonly byte[] Name = Encoding.ASCII.GetBytes(name);

        public readonly T Meaning = meaning;
    }
}
