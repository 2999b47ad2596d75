using System.Net;
using ChatBotKit.AdminConsole.Layout;
using ChatBotKit.AdminConsole.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>Shows each failure as a page: its reason, the code and the request id of the API, and a way on.</summary>
internal sealed class FailurePages(RequestDelegate next, ILogger<FailurePages> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (ChatBotKitException exception) when (exception.StatusCode == HttpStatusCode.Unauthorized && !context.Response.HasStarted)
        {
            // The token was revoked or has expired.
            ForgetFile(context);
            SignInCookie.Delete(context);
            await SignInGate.AskAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has closed the connection.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            ForgetFile(context);
            await AnswerAsync(context, exception);
        }
    }

    /// <summary>Removes the headers of a file that could not be written, so that the browser shows the page and does not save it.</summary>
    private static void ForgetFile(HttpContext context)
    {
        context.Response.Headers.ContentDisposition = default;
        context.Response.ContentType = null;
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var failure = exception switch
        {
            ChatBotKitException api => Failure.Of(api),
            PageNotFoundException => new Failure(StatusCodes.Status404NotFound, "There is no such page."),
            PageRefusedException refused => new Failure(refused.Status, refused.Message),
            BadHttpRequestException or InvalidDataException => new Failure(StatusCodes.Status413PayloadTooLarge, "That is more than this page takes."),
            _ => new Failure(StatusCodes.Status500InternalServerError, "The console could not make this page."),
        };
        if (failure.Status == StatusCodes.Status500InternalServerError)
            logger.LogError(exception, "A page of the console failed: {Method} {Path}", context.Request.Method, context.Request.Path);
        var page = context.RequestServices.GetRequiredService<Page>();
        if (context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal))
            await Results.Json(new { message = failure.Message, code = failure.Code }, statusCode: failure.Status).ExecuteAsync(context);
        else
            await page.View<FailureView, Failure>(failure, failure.Status).ExecuteAsync(context);
    }
}

/// <summary>Why there is no page, or why something was not done.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Message">What failed, as a sentence.</param>
public sealed record Failure(int Status, string Message)
{
    /// <summary>Gets the code of the API's error.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the id of the request, which the server's log has too.</summary>
    public string? RequestId { get; init; }

    /// <summary>Makes the failure of a call of the API.</summary>
    public static Failure Of(ChatBotKitException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var status = (int)(exception.StatusCode ?? HttpStatusCode.BadGateway);
        return new(status is >= 400 and < 600 ? status : StatusCodes.Status502BadGateway, MessageOf(exception))
        {
            Code = exception.Code,
            RequestId = exception.RequestId,
        };
    }

    private static string MessageOf(ChatBotKitException exception) => exception.StatusCode switch
    {
        null => "The API did not answer.",
        HttpStatusCode.NotImplemented => "This server does not offer it yet.",
        HttpStatusCode.ServiceUnavailable => "The disk does not take writes, or the server is busy. What is stored can still be read.",
        _ => exception.ApiMessage(),
    };
}
