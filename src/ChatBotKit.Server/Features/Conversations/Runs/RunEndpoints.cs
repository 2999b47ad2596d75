using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Everything that lets a model answer, and the runs that this starts.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        api.MapPost("/conversation/complete", CompleteConversation.StatelessAsync).WithName("completeConversation")
            .WithSummary("Answers messages of which nothing is stored")
            .AnswersRun<ConversationCompleteResponse>();
        api.MapPost("/conversation/compact", CompactConversation.StatelessAsync).WithName("compactConversationStateless")
            .WithSummary("Sums up messages of which nothing is stored");
        api.MapPost("/conversation/dispatch", DispatchConversation.StatelessAsync).WithName("dispatchConversation")
            .WithSummary("Starts a run on messages of which nothing is stored, which tells its events on a channel")
            .IsIdempotent();

        var conversation = api.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/complete", CompleteConversation.StatefulAsync)
            .WithName("completeConversationMessage").AllowSession(SessionPermissions.Complete).OpensStream()
            .WithSummary("Stores a message and has the model answer it")
            .AnswersRun<ConversationCompleteMessageResponse>()
            .IsIdempotent<RunReading>((reading, context, runId) => reading.RepeatAsync(runId, context));
        conversation.MapPost("/send", SendMessage.HandleAsync)
            .WithName("sendConversationMessage").AllowSession(SessionPermissions.Send)
            .WithSummary("Stores a message without asking the model")
            .AnswersRun<ConversationSendMessageResponse>()
            .IsIdempotent(SendMessage.ReplayAsync);
        conversation.MapPost("/receive", CompleteConversation.ReceiveAsync)
            .WithName("receiveConversationMessage").AllowSession(SessionPermissions.Receive).OpensStream()
            .WithSummary("Has the model answer what is stored")
            .AnswersRun<ConversationReceiveMessageResponse>()
            .IsIdempotent<RunReading>((reading, context, runId) => reading.RepeatAsync(runId, context));
        conversation.MapPost("/dispatch", DispatchConversation.StatefulAsync).WithName("dispatchStatefulConversation")
            .WithSummary("Starts a run that tells its events on a channel")
            .IsIdempotent();
        conversation.MapPost("/compact", CompactConversation.StatefulAsync).WithName("compactConversation")
            .WithSummary("Sums up the messages of a conversation")
            .IsIdempotent<IStore>(CompactConversation.ReplayAsync);

        conversation.MapGet("/run/list", ListRuns.HandleAsync)
            .WithName("listConversationRuns").AllowSession(SessionPermissions.MessagesRead)
            .WithSummary("Lists the runs of a conversation, also those that go on")
            .TakesQuery("state", "Only runs in this state.", choices: ["running", "ended"]);
        conversation.MapGet("/run/{runId}/stream", FollowRun.StreamAsync)
            .WithName("streamConversationRun").AllowAnySession().OpensStream()
            .WithSummary("Follows a run, or takes its answer up again")
            .AnswersRun<RunResult>()
            .TakesQuery("after", "The number of the last event that the caller has; the header `Last-Event-ID` says the same.", isInteger: true);
        conversation.MapPost("/run/{runId}/abort", FollowRun.AbortAsync)
            .WithName("abortConversationRun").AllowSession(SessionPermissions.RunsAbort)
            .WithSummary("Ends a run early");
    });
}
