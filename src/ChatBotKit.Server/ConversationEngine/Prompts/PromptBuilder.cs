using System.Text;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Converts a transcript to the messages for a model.</summary>
internal sealed class PromptBuilder(TimeProvider clock)
{
    /// <param name="transcript">The messages of the conversation.</param>
    /// <param name="persona">The persona that answers.</param>
    /// <param name="input">The run.</param>
    /// <param name="knowledge">The passages and records that were found for the run.</param>
    /// <param name="model">The model.</param>
    public IReadOnlyList<ModelMessage> Build(
        IReadOnlyList<TranscriptMessage> transcript, Persona persona, RunInput input, RunKnowledge knowledge, ResolvedModel model)
    {
        var messages = new List<ModelMessage>();
        var system = SystemText(transcript, persona, input, knowledge);
        if (system.Length > 0)
            messages.Add(new ModelMessage(ModelRole.System, system));

        var window = AttachedFiles.Mark(Window(transcript, model.Model.InteractionMaxMessages));
        for (var i = 0; i < window.Count; i++)
        {
            if (window[i].Type == TranscriptMessage.File)
                i = AttachedFiles.Add(window, i, input.Attachments, messages) - 1;
            else if (window[i].Type == TranscriptMessage.ActivityType)
                i = AddToolCalls(window, i, model, messages) - 1;
            else if (RoleOf(window[i].Type) is { } role && (window[i].Text.Length > 0 || window[i].Pictures.Count > 0))
                messages.Add(new ModelMessage(role, TextOf(window[i])) { Pictures = window[i].Pictures });
        }
        return messages;
    }

    /// <summary>
    /// Returns everything that the built-in model may quote: the backstory, the texts of the request, the found records, and the texts of attached
    /// files.
    /// </summary>
    public IReadOnlyList<Passage> Quotable(
        IReadOnlyList<TranscriptMessage> transcript, Persona persona, RunInput input, RunKnowledge knowledge)
    {
        var backstory = BackstoryText(transcript, persona, input);
        if (backstory.Length == 0 && input.Attachments.Count == 0 && knowledge.Dataset.Passages.Count == 0)
            return input.Knowledge;
        IEnumerable<Passage> own = backstory.Length > 0 ? [new Passage(ExtractiveProvider.BackstorySource, backstory)] : [];
        return [.. input.Knowledge, .. knowledge.Dataset.Passages, .. AttachedFiles.Passages(input), .. own];
    }

    private string SystemText(
        IReadOnlyList<TranscriptMessage> transcript, Persona persona, RunInput input, RunKnowledge knowledge)
    {
        var text = new StringBuilder(BackstoryText(transcript, persona, input));
        if (knowledge.Passages.Count > 0)
            text.Append(text.Length > 0 ? "\n\n" : "").Append("Use these passages where they answer the question:");
        foreach (var passage in knowledge.Passages)
            text.Append("\n\n").Append(passage.Source.Length > 0 ? $"[{passage.Source}] " : "").Append(passage.Text);
        if (knowledge.Dataset.Text.Length > 0)
            text.Append(text.Length > 0 ? "\n\n" : "").Append(knowledge.Dataset.Text);
        return text.ToString();
    }

    private string BackstoryText(IReadOnlyList<TranscriptMessage> transcript, Persona persona, RunInput input)
    {
        var own = transcript.LastOrDefault(message => message.Type == TranscriptMessage.Backstory)?.Text ?? persona.Backstory ?? "";
        var text = string.IsNullOrEmpty(input.ExtraBackstory) ? own
            : own.Length == 0 ? input.ExtraBackstory
            : own + "\n\n" + input.ExtraBackstory;
        return Placeholders.Expand(text, clock.GetUtcNow(), ZoneOf(input), input.PlaceholderValues);
    }

    /// <summary>Returns the time zone. An unknown one becomes UTC, but the request's header was checked before.</summary>
    private static TimeZoneInfo ZoneOf(RunInput input) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(input.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>
    /// Returns the last checkpoint and the last messages after it. The calls of the last round are all included with their results,
    /// even beyond the limit, because the model would repeat missing ones.
    /// </summary>
    public static List<TranscriptMessage> Window(IReadOnlyList<TranscriptMessage> transcript, int maxMessages)
    {
        var checkpoint = -1;
        for (var i = transcript.Count - 1; i >= 0 && checkpoint < 0; i--)
        {
            if (transcript[i].Type == TranscriptMessage.Checkpoint)
                checkpoint = i;
        }

        var first = Math.Max(checkpoint + 1, Math.Min(transcript.Count - maxMessages, StartOfLastRound(transcript)));
        var window = new List<TranscriptMessage>(transcript.Count - first + 1);
        if (checkpoint >= 0)
            window.Add(transcript[checkpoint]);
        for (var i = first; i < transcript.Count; i++)
            window.Add(transcript[i]);
        return window;
    }

    /// <summary>
    /// Returns the index at which the round of calls at the end of the transcript begins, including the text of the same answer. It
    /// is the end of the transcript if that does not end with calls.
    /// </summary>
    private static int StartOfLastRound(IReadOnlyList<TranscriptMessage> transcript)
    {
        var start = transcript.Count;
        while (start > 0 && transcript[start - 1].Activity?.Kind == ToolActivity.Response)
            start--;
        while (start > 0 && transcript[start - 1].Activity?.Kind == ToolActivity.Request)
            start--;
        return start > 0 && start < transcript.Count && transcript[start - 1].Type == TranscriptMessage.Bot ? start - 1 : start;
    }

    /// <summary>
    /// Adds one round of calls with their results: the requests up to the first response, then the responses up to the next
    /// request. A call without a result, or a result without a call, is left out, because providers refuse it.
    /// </summary>
    /// <returns>The index after the round.</returns>
    private static int AddToolCalls(List<TranscriptMessage> window, int start, ResolvedModel model, List<ModelMessage> messages)
    {
        var (requests, responses, end) = TakeCalls(window, start);
        var calls = new List<ModelToolCall>();
        var answers = new List<ModelMessage>();
        string? fields = null;
        foreach (var request in requests)
        {
            var index = responses.FindIndex(request.IsAnsweredBy);
            if (index < 0)
                continue;
            var callId = request.CallId ?? $"call_{messages.Count}_{calls.Count}";
            var given = request.Given is { } all && all.Provider == model.Provider.Name && all.Model == model.Model.Name ? all : null;
            fields ??= given?.Message;
            calls.Add(new ModelToolCall(callId, request.Name, request.Arguments) { Fields = given?.Call });
            answers.Add(new ModelMessage(ModelRole.Tool, responses[index].Result ?? "null") { ToolCallId = callId });
            responses.RemoveAt(index);
        }
        if (calls.Count > 0)
        {
            messages.Add(new ModelMessage(ModelRole.Assistant, TakeText(messages)) { ToolCalls = calls, Fields = fields });
            messages.AddRange(answers);
        }
        return end;
    }

    /// <summary>Returns the requests of one round of calls, their responses, and the index after the round.</summary>
    private static (List<ToolActivity> Requests, List<ToolActivity> Responses, int End) TakeCalls(List<TranscriptMessage> window, int start)
    {
        var (requests, responses) = (new List<ToolActivity>(), new List<ToolActivity>());
        var i = start;
        for (; i < window.Count && window[i].Type == TranscriptMessage.ActivityType; i++)
        {
            if (window[i].Activity is not { } activity)
                continue;
            if (activity.Kind == ToolActivity.Response)
                responses.Add(activity);
            else if (responses.Count == 0)
                requests.Add(activity);
            else
                break;
        }

        return (requests, responses, i);
    }

    /// <summary>
    /// Removes and returns the assistant's text right before its calls, because several providers refuse two consecutive messages
    /// of the assistant.
    /// </summary>
    private static string TakeText(List<ModelMessage> messages)
    {
        if (messages.Count == 0 || messages[^1] is not { Role: ModelRole.Assistant, ToolCalls.Count: 0, Text: var text })
            return "";
        messages.RemoveAt(messages.Count - 1);
        return text;
    }

    private static ModelRole? RoleOf(string type) => type switch
    {
        TranscriptMessage.User => ModelRole.User,
        TranscriptMessage.Bot => ModelRole.Assistant,
        TranscriptMessage.Context or TranscriptMessage.Instruction or TranscriptMessage.Checkpoint => ModelRole.System,
        _ => null,
    };

    private static string TextOf(TranscriptMessage message) =>
        message.Type == TranscriptMessage.Checkpoint ? "Summary of the conversation so far:\n" + message.Text : message.Text;
}
