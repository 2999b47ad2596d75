using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>Responds to a repeated request, for a route that can't send the stored response unchanged.</summary>
/// <param name="context">The repeated request.</param>
/// <param name="earlier">The row that the first request stored.</param>
internal delegate Task<IResult> Replay(HttpContext context, IdempotencyRow earlier);

/// <summary>Declares routes whose requests may be repeated with an <c>Idempotency-Key</c>.</summary>
internal static class IdempotentRoutes
{
    /// <summary>
    /// Runs the handler at most once per <c>Idempotency-Key</c>. The handler takes an <see cref="IHashedBody"/>, whose hash distinguishes
    /// requests, and an <see cref="IdempotentCall"/>, whose row it stores in the transaction of its effect. It returns an
    /// <see cref="IResult"/>.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="replay">Responds to a repeated request; null to send the stored response unchanged.</param>
    public static RouteHandlerBuilder IsIdempotent(this RouteHandlerBuilder route, Replay? replay = null) =>
        route.WithMetadata(IdempotentRoute.Instance).AddEndpointFilterFactory((handler, next) => FilterOf(handler, next, replay));

    /// <summary>Runs the handler at most once per key, for a handler that calls <see cref="IdempotentCall.AnsweredFrom"/>.</summary>
    /// <typeparam name="T">The service that responds to a repeated request.</typeparam>
    /// <param name="route">The route.</param>
    /// <param name="replay">Responds to a repeated request from the id that the first request stored.</param>
    public static RouteHandlerBuilder IsIdempotent<T>(this RouteHandlerBuilder route, Func<T, HttpContext, string, Task<IResult>> replay)
        where T : notnull =>
        route.IsIdempotent((context, earlier) =>
            replay(context.RequestServices.GetRequiredService<T>(), context, earlier.ResultId!));

    /// <summary>Runs the handler at most once per key, for a handler that calls <see cref="IdempotentCall.AnsweredSecretly{T}"/>.</summary>
    public static RouteHandlerBuilder IsIdempotentSecretly<T>(this RouteHandlerBuilder route) =>
        route.IsIdempotent<ShownOnce>((shown, _, stored) => Task.FromResult<IResult>(JsonAnswer.Of(shown.Reveal<T>(stored))));

    private static EndpointFilterDelegate FilterOf(EndpointFilterFactoryContext handler, EndpointFilterDelegate next, Replay? replay)
    {
        var parameters = handler.MethodInfo.GetParameters();
        var body = Array.FindIndex(parameters, parameter => parameter.ParameterType.IsAssignableTo(typeof(IHashedBody)));
        var call = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(IdempotentCall));
        if (body < 0 || call < 0)
        {
            throw new InvalidOperationException(
                $"{handler.MethodInfo} is mapped as idempotent, so it must take an {nameof(IHashedBody)} and an {nameof(IdempotentCall)}.");
        }

        // The key of a visitor is ignored: the visitor has no credential, so everybody who knows the key would get the stored response.
        return request => request.HttpContext.Request.Headers.ContainsKey(ApiHeaders.IdempotencyKey) && request.HttpContext.CallerOrVisitor() is not null
            ? RunOnceAsync(request, body, call, next, replay)
            : next(request);
    }

    private static async ValueTask<object?> RunOnceAsync(
        EndpointFilterInvocationContext request, int body, int call, EndpointFilterDelegate next, Replay? replay)
    {
        var idempotency = request.HttpContext.RequestServices.GetRequiredService<Idempotency>();
        return await idempotency.RunAsync(
            request.HttpContext,
            request.GetArgument<IHashedBody>(body).Hash,
            async once =>
            {
                request.Arguments[call] = once;
                return (IResult)(await next(request))!;
            },
            replay);
    }
}

/// <summary>Marks a route whose requests may be repeated with an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentRoute
{
    private IdempotentRoute()
    {
    }

    public static IdempotentRoute Instance { get; } = new();
}
