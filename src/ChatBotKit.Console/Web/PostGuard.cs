using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>
/// Lets a request that changes something pass only if it comes from a page of this console: the browser says so
/// (<c>Sec-Fetch-Site</c>, or <c>Origin</c>), and the request has the token of a form.
/// </summary>
internal sealed class PostGuard(RequestDelegate next, IAntiforgery antiforgery, ConsoleSettings settings)
{
    public const string Field = "_token";
    public const string Header = "X-Form-Token";

    /// <summary>The room for the names and values of a form beside its files.</summary>
    private const long FormRoom = 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        if (!IsFromThisSite(request, context.RequestServices.GetRequiredService<Page>()))
            throw new PageRefusedException(StatusCodes.Status403Forbidden, "This request did not come from a page of the console.");
        AllowFiles(context);
        await ReadFormAsync(request);
        if (!await antiforgery.IsRequestValidAsync(context))
            throw new PageRefusedException(StatusCodes.Status400BadRequest, "The form is too old. Load the page again and repeat what you did.");
        await next(context);
    }

    /// <summary>Reads the form before its token is checked, which hides why a form can't be read.</summary>
    private static async Task ReadFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.Headers.ContainsKey(Header))
            return;
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException exception) when (exception.InnerException is InvalidOperationException)
        {
            throw new PageRefusedException(StatusCodes.Status400BadRequest, "A text of the form has a null character (U+0000). Remove it, and send the form again.");
        }
    }

    private static bool IsFromThisSite(HttpRequest request, Page page)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site])
            return site == "same-origin";
        return request.Headers.Origin is [{ } origin]
            && (origin == $"{request.Scheme}://{request.Host}" || origin == page.ServerUri.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Raises the limit of the body where files are uploaded.</summary>
    private void AllowFiles(HttpContext context)
    {
        var isUpload = context.GetEndpoint()?.Metadata.GetMetadata<TakesFiles>() is not null;
        var limit = isUpload ? settings.MaxFileBytes + FormRoom : FormRoom;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions
        {
            MultipartBodyLengthLimit = limit,
            ValueLengthLimit = (int)FormRoom,
        }));
    }
}

/// <summary>Marks a route to which files are uploaded.</summary>
internal sealed class TakesFiles
{
    private TakesFiles()
    {
    }

    public static TakesFiles Instance { get; } = new();
}
