using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Gives every failed request its error body: exceptions, unknown routes and wrong verbs. A failure after the response
/// has started cannot be told any more in the status; the connection is cut so that nobody takes the rest for complete.
/// </summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, SessionAudit audit, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response.StatusCode >= 400 && IsEmpty(context.Response))
                await ErrorWriter.WriteAsync(context, Unserved(context) ?? ApiError.OfStatus(context.Response.StatusCode));
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

    // The framework leaves the type of the file on the answer to a range that is not in it.
    private static bool IsEmpty(HttpResponse response) =>
        !response.HasStarted && response.ContentLength is null or 0
        && (response.ContentType is null || response.StatusCode == StatusCodes.Status416RangeNotSatisfiable);

    /// <summary>A path or verb that no route took; the API may have it all the same.</summary>
    private static ApiError? Unserved(HttpContext context) =>
        context.GetEndpoint() is not RouteEndpoint
        && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            ? UnservedOperations.Find(context)
            : null;

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var isEndUser = context.Features.Get<Caller>()?.IsTrusted == false;
        var error = isEndUser ? ApiError.ForEndUser(exception) : ApiError.From(exception);
        audit.Refused(context, error.Code);
        if (error.Code.Status >= StatusCodes.Status500InternalServerError || exception is ModelProviderException)
            LogFailure(exception, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        if (context.Response.HasStarted)
            context.Abort();
        else
            await ErrorWriter.WriteAsync(context, error);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed (request {RequestId})")]
    private partial void LogFailure(Exception exception, string method, PathString path, string requestId);

    [LoggerMessage(LogLevel.Debug, "The client left {Path}")]
    private partial void LogClientLeft(PathString path);
}
