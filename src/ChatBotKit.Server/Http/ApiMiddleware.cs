namespace ChatBotKit.Server.Http;

/// <summary>
/// What every answer carries, and the two verbs that are answered before anything else is looked at:
/// <c>OPTIONS</c> with an empty object and <c>HEAD</c> with nothing.
/// </summary>
internal sealed class ApiMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers[ApiHeaders.RequestId] = context.TraceIdentifier;
        if (!ApiHeaders.IsApiPath(context.Request.Path))
            return next(context);

        response.Headers[ApiHeaders.IdempotencyKeySupported] = "true";
        if (HttpMethods.IsHead(context.Request.Method))
            return Task.CompletedTask;
        // A preflight is an OPTIONS with a question in it, which the CORS policy answers.
        if (!HttpMethods.IsOptions(context.Request.Method) || context.Request.Headers.ContainsKey("Access-Control-Request-Method"))
            return next(context);
        response.ContentType = "application/json";
        return response.WriteAsync("{}", context.RequestAborted);
    }
}
