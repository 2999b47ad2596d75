using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Features.Tasks.Executions;

/// <summary>Finds the call with which a bot reports the end of an execution, and answers it.</summary>
internal sealed class TaskReports(IStore store, IConversationHolder holder)
{
    /// <summary>The call ends its turn, so it is among the last messages.</summary>
    private const int MessagesToSearch = 100;
    private const int MaxCharacters = 1_000_000;

    private const string Noted = """{"noted":true}""";

    /// <param name="accountId">The account.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="questionId">The first message of the execution. Earlier messages belong to other executions.</param>
    /// <param name="cancellationToken">The token that cancels the search.</param>
    /// <returns>The end that the bot has reported; null when it has not.</returns>
    public async Task<TaskEnd?> FindAsync(string accountId, string conversationId, string questionId, CancellationToken cancellationToken)
    {
        if (await store.FindMessageAsync(conversationId, questionId, cancellationToken) is not { } question)
            return null;
        var messages = await store.ListMessagesAsync(
            conversationId, cursor: null, descending: true, MessagesToSearch, MaxCharacters, cancellationToken);
        foreach (var message in messages.TakeWhile(message => message.Position > question.Position))
        {
            if (CallIn(message) is not { } call)
                continue;
            await AnswerAsync(accountId, conversationId, message.Id, call);
            return TaskFunctions.EndOf(call);
        }

        return null;
    }

    /// <summary>Returns the call of a message. A call that the run has answered itself was refused, so it reports nothing.</summary>
    private static ToolActivity? CallIn(MessageRow message) =>
        message is { Type: TranscriptMessage.ActivityType, AnswerFrom: CallAnswerer.Owner }
        && TranscriptMessage.From(message).Activity is { Kind: ToolActivity.Request, Name: TaskFunctions.Success or TaskFunctions.Failure } call
            ? call
            : null;

    /// <summary>Answers the call, so that the next turn of the conversation has no call without a result. A second answer is refused.</summary>
    private async Task AnswerAsync(string accountId, string conversationId, string callMessageId, ToolActivity call)
    {
        var response = call with { Kind = ToolActivity.Response, Result = Noted, Given = null };
        await holder.AppendAsync(
            accountId, conversationId,
            new NewMessage(TranscriptMessage.ActivityType, "")
            {
                Id = DerivedId.Of("task-report", callMessageId),
                Meta = response.ToMeta(),
                Answer = new CallAnswer(response, SessionId: null),
            },
            kept: null);
    }
}
