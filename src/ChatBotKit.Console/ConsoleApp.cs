using System.Diagnostics;
using ChatBotKit.AdminConsole.SignIn;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.AdminConsole;

/// <summary>
/// The console as one request handler. It has services of its own, which are built when the first request arrives: a server whose
/// console is not visited spends neither time nor memory on it.
/// </summary>
public sealed class ConsoleApp(Func<ConsoleSettings> settings) : IAsyncDisposable
{
    /// <summary>The path of the console on its server.</summary>
    public const string Path = "/console";

    private readonly Lazy<Built> _built = new(() => Build(settings()));

    /// <summary>Gets the routes, for tests that visit all of them.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes => [.. _built.Value.Routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Answers a request whose path begins with <see cref="Path"/>.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (built, outside, endpoint) = (_built.Value, context.RequestServices, context.GetEndpoint());
        var (pathBase, path, values) = (context.Request.PathBase, context.Request.Path, context.Request.RouteValues);
        var server = built.Settings.PublicAddress(context.Request);
        await using var scope = built.Services.CreateAsyncScope();
        try
        {
            path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase, out var rest);
            (context.Request.PathBase, context.Request.Path) = (pathBase.Add(Path), rest.HasValue ? rest : "/");
            context.RequestServices = scope.ServiceProvider;
            // A request that has an endpoint is not routed again.
            context.SetEndpoint(null);
            context.Request.RouteValues = [];
            scope.ServiceProvider.GetRequiredService<Page>().Attach(context, server);
            await built.Pipeline(context);
        }
        finally
        {
            (context.Request.PathBase, context.Request.Path, context.Request.RouteValues) = (pathBase, path, values);
            context.RequestServices = outside;
            context.SetEndpoint(endpoint);
        }
    }

    /// <summary>Releases the services, if there are any.</summary>
    public ValueTask DisposeAsync() => _built.IsValueCreated ? _built.Value.Services.DisposeAsync() : ValueTask.CompletedTask;

    private static Built Build(ConsoleSettings settings)
    {
        var services = Services(settings).BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseMiddleware<PageHeaders>();
        app.UseMiddleware<FailurePages>();
        app.UseRouting();
        app.UseMiddleware<SignInGate>();
        app.UseMiddleware<PostGuard>();
        IEndpointRouteBuilder? routes = null;
        app.UseEndpoints(endpoints => (routes = endpoints).MapPages());
        app.Run(static _ => throw new PageNotFoundException());
        return new Built(settings, services, app.Build(), routes!);
    }

    private static IServiceCollection Services(ConsoleSettings settings)
    {
        var diagnostics = new DiagnosticListener("ChatBotKit.Console");
        var services = new ServiceCollection()
            .AddSingleton(settings)
            .AddSingleton(settings.Time)
            // The framework's services ask for it; no setting of the server is meant for them.
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(settings.Protection)
            .AddSingleton(settings.Environment)
            .AddSingleton<IHostEnvironment>(settings.Environment)
            .AddSingleton(settings.Loggers)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(diagnostics)
            .AddSingleton<DiagnosticSource>(diagnostics)
            .AddSingleton<ApiClients>()
            .AddSingleton<SignInCookie>()
            .AddSingleton<SignInThrottle>()
            .AddScoped<Page>();
        services.AddMetrics();
        services.AddRouting();
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = PostGuard.Header;
            options.FormFieldName = PostGuard.Field;
            options.Cookie.Name = "cbk-console-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    private sealed record Built(ConsoleSettings Settings, ServiceProvider Services, RequestDelegate Pipeline, IEndpointRouteBuilder Routes);
}
