using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Answers the two verbs that mean the same on every route of the API, before a credential is looked at: <c>OPTIONS</c> with
/// an empty object and <c>HEAD</c> with nothing. On a path that is no route both are 404 like every other verb. A body of another
/// type than the route takes is refused here too, since that comes before the question who calls.
/// </summary>
internal sealed class ApiMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var endpoint = context.GetEndpoint();
        if (endpoint is RouteEndpoint route && !ApiRoutes.IsOurs(route))
            AnswerHeaders.LeaveTo(response);
        if (!ApiHeaders.IsApiPath(request.Path))
            return next(context);

        response.Headers[ApiHeaders.IdempotencyKeySupported] = "true";
        if (endpoint is null)
            return next(context);
        if (HttpMethods.IsHead(request.Method))
            return Task.CompletedTask;
        if (!HttpMethods.IsOptions(request.Method))
        {
            return endpoint.Metadata.GetMetadata<JsonRequest>() is null || JsonRequest.Takes(request.ContentType)
                ? next(context)
                : throw ApiException.UnsupportedMediaType();
        }

        response.ContentType = "application/json";
        return response.WriteAsync("{}", context.RequestAborted);
    }
}
