using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>Answers a request with a page, a redirect or a file.</summary>
internal delegate Task<IResult> PageHandler(Page page);

internal static class Routes
{
    private static readonly string[] Reading = [HttpMethods.Get];
    private static readonly string[] Changing = [HttpMethods.Post];

    /// <summary>Maps a page. It requires a sign-in, unless the route has <see cref="ForStrangers{T}"/>.</summary>
    public static IEndpointConventionBuilder Show(this IEndpointRouteBuilder routes, string path, PageHandler handler) =>
        routes.MapMethods(path, Reading, Handle(handler));

    /// <summary>Maps an action, which ends with a redirect to a page.</summary>
    public static IEndpointConventionBuilder Act(this IEndpointRouteBuilder routes, string path, PageHandler handler) =>
        routes.MapMethods(path, Changing, Handle(handler));

    /// <summary>Allows a route without a sign-in.</summary>
    public static T ForStrangers<T>(this T route)
        where T : IEndpointConventionBuilder => route.WithMetadata(Web.ForStrangers.Instance);

    private static RequestDelegate Handle(PageHandler handler) => async context =>
    {
        var result = await handler(context.RequestServices.GetRequiredService<Page>());
        await result.ExecuteAsync(context);
    };
}

/// <summary>See <see cref="Routes.ForStrangers{T}"/>.</summary>
internal sealed class ForStrangers
{
    private ForStrangers()
    {
    }

    public static ForStrangers Instance { get; } = new();
}
