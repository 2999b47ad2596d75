using ChatBotKit.AdminConsole.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>The request that a page answers, for handlers and components.</summary>
/// <param name="services">The services of the request.</param>
/// <param name="antiforgery">Makes the token of forms.</param>
/// <param name="settings">The settings and services of the host.</param>
public sealed class Page(IServiceProvider services, IAntiforgery antiforgery, ConsoleSettings settings)
{
    private static readonly Uri Unknown = new("http://localhost");

    private HttpContext? _http;

    /// <summary>Gets the path of the console as the browser sees it.</summary>
    public string Root { get; private set; } = ConsoleApp.Path;

    /// <summary>Gets the address at which the caller reaches the server, without a trailing slash.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Gets <see cref="Server"/> as an address; that of this machine when the caller has sent none that is valid.</summary>
    public Uri ServerUri { get; private set; } = Unknown;

    /// <summary>Gets whether somebody is signed in.</summary>
    public bool IsSignedIn => SignedIn is not null;

    /// <summary>Gets the path and query of the page below <see cref="Root"/>.</summary>
    public string Here { get; private set; } = "/";

    /// <summary>Gets the name of the notice about the last action, from the query; null when there is none.</summary>
    public string? Done { get; private set; }

    /// <summary>Gets the token that a form must send.</summary>
    public string FormToken { get; private set; } = "";

    internal HttpContext Http => _http ?? throw new InvalidOperationException("The page has no request.");

    internal Ticket? SignedIn { get; private set; }

    internal ConsoleSettings Settings => settings;

    internal ChatBotKitApi Api => field ??= ApiOf(SignedIn?.Secret ?? throw new InvalidOperationException("Nobody is signed in."));

    internal CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Returns the address of a page.</summary>
    public string To(string path) => path == "/" ? Root : Root + path;

    /// <summary>Returns the address of a file of the console, which changes when the file does.</summary>
    public string Asset(string name) => $"{Root}/assets/{name}?v={Assets.VersionOf(name)}";

    internal void Attach(HttpContext http, string server)
    {
        (_http, Server) = (http, server);
        // The host of a request can be anything.
        ServerUri = Uri.TryCreate(Server, UriKind.Absolute, out var address) ? address : Unknown;
        Root = ServerUri.AbsolutePath.TrimEnd('/') + ConsoleApp.Path;
        Here = http.Request.Path + http.Request.QueryString.ToString();
        Done = http.Request.Query["done"] is [{ } done] ? done : null;
    }

    internal void SignIn(Ticket ticket) => SignedIn = ticket;

    /// <summary>Returns a client with another credential than that of the sign-in.</summary>
    internal ChatBotKitApi ApiOf(string credential) => ((ApiClients)services.GetService(typeof(ApiClients))!).Of(credential);

    /// <summary>Returns a value of the route.</summary>
    internal string Value(string name) => (string)Http.Request.RouteValues[name]!;

    /// <summary>Returns a value of the query; null when it is missing or empty.</summary>
    internal string? Query(string name) => Http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    internal async Task<Form> FormAsync() => new(await Http.Request.ReadFormAsync(Aborted));

    /// <summary>Answers with a page.</summary>
    internal IResult View<TView, TModel>(TModel model, int status = StatusCodes.Status200OK)
        where TView : View<TModel>
    {
        // Made before the response starts, because it may set a cookie.
        FormToken = antiforgery.GetAndStoreTokens(Http).RequestToken ?? "";
        Http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<TView>(new Dictionary<string, object?> { [nameof(View<TModel>.Model)] = model })
        {
            PreventStreamingRendering = true,
            StatusCode = status,
        };
    }

    /// <summary>Redirects the browser to a page, which shows a notice about the action.</summary>
    internal IResult Go(string path, string? done = null)
    {
        var address = done is null ? To(path) : $"{To(path)}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done={done}";
        Http.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <summary>A component that shows a model.</summary>
public abstract class View<TModel> : ComponentBase
{
    /// <summary>Gets or sets the content of the page.</summary>
    [Parameter]
    public TModel Model { get; set; } = default!;

    /// <summary>Gets or sets the request.</summary>
    [Inject]
    protected Page Page { get; set; } = default!;
}
