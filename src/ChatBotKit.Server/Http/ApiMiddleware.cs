using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Handles requests that need no credential. On every route of the API, <c>OPTIONS</c> gets an empty object and <c>HEAD</c> an
/// empty response; on other paths both get 404, like every verb. A body with an unsupported content type is refused here as well,
/// because that comes before authentication.
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
