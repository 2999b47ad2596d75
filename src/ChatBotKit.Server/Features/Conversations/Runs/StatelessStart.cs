using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>Starts stateless runs for requests.</summary>
internal static class StatelessStart
{
    /// <summary>Starts a run that is aborted when the caller disconnects, or when the server stops.</summary>
    public static LogReader StartFor(this StatelessRuns runs, StatelessRequest request, HttpContext context, IHostApplicationLifetime lifetime) =>
        runs.Start(request, RunStreamResult.Heartbeat, context.RequestAborted, lifetime.ApplicationStopping);
}
