using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>
/// Asks the model for the name, description and summary of an execution. When it fails or takes too long, the words of the bot's report
/// are kept, because the outcome does not depend on them.
/// </summary>
internal sealed class TaskReporter(IStore store, EngineServices engine, ILogger<TaskReporter> logger)
{
    private const string Instruction =
        "Below is the record of a task that an assistant carried out. Answer with one JSON object and nothing else: "
        + """{"name": a title of at most eight words, "description": one sentence that says what was done, "summary": a few sentences with the result}.""";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const int MessagesToRead = 60;
    private const int MaxCharacters = 40_000;
    private const int MaxAnswer = 20_000;
    private const int MaxNameBytes = 191;
    private const int MaxTextBytes = 16_000;

    public async Task<TaskEnd> DescribeAsync(TaskEnd end, TaskExecutionRow execution, TaskSettings task, CancellationToken cancellationToken)
    {
        end = end with { Name = task.Name, Summary = FaultText.Clip(end.Summary, MaxTextBytes) };
        if (!end.IsReported)
            return end;
        using var limit = new CancellationTokenSource(Limit, engine.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await AskAsync(end, execution, ending.Token);
        }
        catch (Exception exception) when (
            exception is ModelProviderException or ModelReferenceException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning("Execution {ExecutionId} of a task keeps its own words: {Failure}", execution.Id, exception.Message);
            return end;
        }
    }

    private async Task<TaskEnd> AskAsync(TaskEnd end, TaskExecutionRow execution, CancellationToken cancellationToken)
    {
        if (execution.ConversationId is not { } id || await store.FindConversationAsync(id, cancellationToken) is not { } conversation)
            return end;
        var persona = await engine.Bots.PersonaOfAsync(conversation);
        var model = engine.Models.Resolve(persona.Model);
        model = RunPrivacy.For(engine, persona)?.Guard(model) ?? model;
        var request = new ModelRequest
        {
            Model = model.Model,
            Messages =
            [
                new ModelMessage(ModelRole.System, Instruction),
                new ModelMessage(ModelRole.User, await RecordOfAsync(id, end, cancellationToken)),
            ],
        };
        var usage = new UsageCounter();
        var answer = await WholeAnswer.AskAsync(model, request, MaxAnswer, usage, cancellationToken);
        return Described(end, answer.Text) with
        {
            Usage = UsageRow.OfTokens(
                conversation.AccountId, model.Model.Name, usage.InputTokens, usage.OutputTokens, engine.Now(), conversation),
        };
    }

    private async Task<string> RecordOfAsync(string conversationId, TaskEnd end, CancellationToken cancellationToken)
    {
        var rows = await store.ListMessagesAsync(conversationId, cursor: null, descending: true, MessagesToRead, MaxCharacters, cancellationToken);
        var record = new StringBuilder();
        foreach (var message in rows.Reverse().Select(TranscriptMessage.From))
        {
            record.Append(message.Type).Append(": ");
            record.AppendLine(message.Activity is { } call ? $"{call.Kind} of {call.Name} {call.Result ?? call.Arguments}" : message.Text);
        }

        return record.Append("outcome: ").Append(end.Outcome.Value).Append(": ").Append(end.Summary).ToString();
    }

    /// <summary>Takes what can be used of the answer. Models put other words around JSON, or write none.</summary>
    private static TaskEnd Described(TaskEnd end, string answer)
    {
        var (first, last) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (first < 0 || last < first || ObjectIn(answer[first..(last + 1)]) is not { } said)
            return end;
        return end with
        {
            Name = TextOf(said, "name", MaxNameBytes) ?? end.Name,
            Description = TextOf(said, "description", MaxTextBytes),
            Summary = TextOf(said, "summary", MaxTextBytes) ?? end.Summary,
        };
    }

    private static JsonObject? ObjectIn(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonObject said, string field, int maxBytes) =>
        said[field] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text)
            ? FaultText.Clip(text.Trim().Replace('\0', ' '), maxBytes)
            : null;
}
