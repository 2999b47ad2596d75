using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>The endpoints that ask a model for an answer, and those of the runs that they start.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        api.MapPost("/conversation/complete", CompleteConversation.StatelessAsync).WithName("completeConversation")
            .WithSummary("Answers messages without storing them")
            .AnswersRun<ConversationCompleteResponse>();
        api.MapPost("/conversation/compact", CompactConversation.StatelessAsync).WithName("compactConversationStateless")
            .WithSummary("Sums up messages without storing them");
        api.MapPost("/conversation/dispatch", DispatchConversation.StatelessAsync).WithName("dispatchConversation")
            .WithSummary("Starts a run on messages without storing them, and publishes its events on a channel")
            .IsIdempotent();

        var conversation = api.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/complete", CompleteConversation.StatefulAsync)
            .WithName("completeConversationMessage").AllowSession(SessionPermissions.Complete).OpensStream()
            .WithSummary("Stores a message and asks the model to answer it")
            .AnswersRun<ConversationCompleteMessageResponse>()
            .IsIdempotent<RunReading>((reading, context, runId) => reading.RepeatAsync(runId, context));
        conversation.MapPost("/send", SendMessage.HandleAsync)
            .WithName("sendConversationMessage").AllowSession(SessionPermissions.Send)
            .WithSummary("Stores a message without asking the model")
            .AnswersRun<ConversationSendMessageResponse>()
            .IsIdempotent(SendMessage.ReplayAsync);
        conversation.MapPost("/receive", CompleteConversation.ReceiveAsync)
            .WithName("receiveConversationMessage").AllowSession(SessionPermissions.Receive).OpensStream()
            .WithSummary("Asks the model to answer the stored messages")
            .AnswersRun<ConversationReceiveMessageResponse>()
            .IsIdempotent<RunReading>((reading, context, runId) => reading.RepeatAsync(runId, context));
        conversation.MapPost("/dispatch", DispatchConversation.StatefulAsync).WithName("dispatchStatefulConversation")
            .WithSummary("Starts a run that publishes its events on a channel")
            .IsIdempotent();
        conversation.MapPost("/compact", CompactConversation.StatefulAsync).WithName("compactConversation")
            .WithSummary("Sums up the messages of a conversation")
            .IsIdempotent<IStore>(CompactConversation.ReplayAsync);

        conversation.MapGet("/run/list", ListRuns.HandleAsync)
            .WithName("listConversationRuns").AllowSession(SessionPermissions.MessagesRead)
            .WithSummary("Lists the runs of a conversation, including active ones")
            .TakesQuery("state", "Only runs in this state.", choices: ["running", "ended"]);
        conversation.MapGet("/run/{runId}/stream", FollowRun.StreamAsync)
            .WithName("streamConversationRun").AllowAnySession().OpensStream()
            .WithSummary("Follows a run, or resumes its response")
            .AnswersRun<RunResult>()
            .TakesQuery("after", "The number of the last event that the caller has; the header `Last-Event-ID` says the same.", isInteger: true);
        conversation.MapPost("/run/{runId}/abort", FollowRun.AbortAsync)
            .WithName("abortConversationRun").AllowSession(SessionPermissions.RunsAbort)
            .WithSummary("Ends a run early");
    });
}
