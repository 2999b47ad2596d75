using ChatBotKit.AdminConsole.Layout;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.AdminConsole.SignIn;

/// <summary>Requires a sign-in. A browser without one is sent to the sign-in page, and then back to the requested page.</summary>
internal sealed class SignInGate(RequestDelegate next, SignInCookie cookie)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (cookie.Read(context) is { } ticket)
            cookie.Accept(context, ticket);
        else if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<ForStrangers>() is null)
        {
            await AskAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>Answers with the way to the sign-in.</summary>
    public static async Task AskAsync(HttpContext context)
    {
        var page = context.RequestServices.GetRequiredService<Page>();
        if (context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal))
        {
            await Results.Json(new { message = "Not signed in", code = ErrorCodes.NotAuthenticated }, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }

        // The cookie is not sent when another site led here. The page leads to itself once, and then it is.
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            await page.View<HopView, string>(page.To(page.Here)).ExecuteAsync(context);
            return;
        }

        var back = context.Request.HasFormContentType ? (await page.FormAsync()).Text(FormStart.PageField) ?? "/" : page.Here;
        await page.Go($"/sign-in?returnUrl={Uri.EscapeDataString(back)}").ExecuteAsync(context);
    }
}
