using System.Text.Json.Nodes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Writes the error body of every failed request: exceptions, unknown routes and wrong verbs. After the response has started, a
/// failure can't change its status any more; then the connection is aborted, so that the client does not take the response for
/// complete.
/// </summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next, SessionAudit audit, EventQueue events, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode >= 400 && IsEmpty(context.Response))
                await ErrorWriter.WriteAsync(context, ApiError.OfStatus(context.Response.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogClientLeft(context.Request.Path);
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
        }
    }

    // For an unsatisfiable range, the framework leaves the content type of the file on the response.
    private static bool IsEmpty(HttpResponse response) =>
        !response.HasStarted && response.ContentLength is null or 0
        && (response.ContentType is null || response.StatusCode == StatusCodes.Status416RangeNotSatisfiable);

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var isEndUser = context.Features.Get<Caller>()?.IsTrusted == false;
        var error = isEndUser ? ApiError.ForEndUser(exception) : ApiError.From(exception);
        audit.Refused(context, error.Code);
        if (context.Features.Get<Caller>() is { } caller)
            events.Add(caller.AccountId, EventTypes.ApiError, [], MetaOf(context, error.Code));
        if (error.Code.Status >= StatusCodes.Status500InternalServerError || exception is ModelProviderException)
            LogFailure(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        if (context.Response.HasStarted)
            context.Abort();
        else
            await ErrorWriter.WriteAsync(context, error);
    }

    /// <summary>Returns what is logged about the failure. The message is not, because it may quote the request.</summary>
    private static string MetaOf(HttpContext context, ErrorCode code) => new JsonObject
    {
        ["operation"] = context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
        ["status"] = code.Status,
        ["code"] = code.Code,
    }.ToJsonString();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed (request {RequestId})")]
    private partial void LogFailure(Exception exception, string method, PathString path, string requestId);

    [LoggerMessage(LogLevel.Debug, "The client closed the connection during {Path}")]
    private partial void LogClientLeft(PathString path);
}
