using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Runs;

/// <summary>Everything that lets a model answer, and the runs that this starts.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        api.MapPost("/conversation/complete", CompleteConversation.StatelessAsync).WithName("completeConversation");
        api.MapPost("/conversation/compact", CompactConversation.StatelessAsync).WithName("compactConversationStateless");
        api.MapPost("/conversation/dispatch", DispatchConversation.StatelessAsync).WithName("dispatchConversation");

        var conversation = api.MapGroup("/conversation/{conversationId}");
        conversation.MapPost("/complete", CompleteConversation.StatefulAsync)
            .WithName("completeConversationMessage").AllowSession(SessionPermissions.Complete).OpensStream();
        conversation.MapPost("/send", SendMessage.HandleAsync)
            .WithName("sendConversationMessage").AllowSession(SessionPermissions.Send);
        conversation.MapPost("/receive", CompleteConversation.ReceiveAsync)
            .WithName("receiveConversationMessage").AllowSession(SessionPermissions.Receive).OpensStream();
        conversation.MapPost("/dispatch", DispatchConversation.StatefulAsync).WithName("dispatchStatefulConversation");
        conversation.MapPost("/compact", CompactConversation.StatefulAsync).WithName("compactConversation");

        conversation.MapGet("/run/{runId}/stream", FollowRun.StreamAsync)
            .WithName("streamConversationRun").AllowAnySession().OpensStream();
        conversation.MapPost("/run/{runId}/abort", FollowRun.AbortAsync)
            .WithName("abortConversationRun").AllowSession(SessionPermissions.RunsAbort);
    });
}
