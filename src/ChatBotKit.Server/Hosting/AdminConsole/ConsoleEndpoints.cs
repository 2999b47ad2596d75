using ChatBotKit.AdminConsole;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Hosting;

/// <summary>Serves the console, which builds its services when it is visited for the first time.</summary>
internal static class ConsoleEndpoints
{
    private const string Setting = "CHATBOTKIT_CONSOLE";

    /// <exception cref="StartupException">The setting is neither <c>on</c> nor <c>off</c>.</exception>
    public static bool IsOn(IConfiguration configuration) => configuration[Setting]?.ToUpperInvariant() switch
    {
        null or "" or "ON" => true,
        "OFF" => false,
        _ => throw new StartupException($"{Setting} must be on or off."),
    };

    public static IServiceCollection AddConsole(this IServiceCollection services) => services
        .AddSingleton<ConsoleCode>()
        .AddSingleton(provider => new ConsoleApp(() => SettingsOf(provider)));

    /// <summary>Maps the console, unless it is switched off.</summary>
    public static void MapConsole(this WebApplication app)
    {
        if (!IsOn(app.Configuration))
            return;
        app.Map(ConsoleApp.Path + "/{**path}", (RequestDelegate)AnswerAsync).ExcludeFromDescription().IsOwnAnswer()
            // Unlike the API, the console has a cookie. No page of another origin may read its answers.
            .WithMetadata(ClosedToOtherPages.Instance);
    }

    /// <summary>Returns a link that opens the console once, within 10 minutes.</summary>
    public static string MakeLink(WebApplication app)
    {
        var server = app.Services.GetRequiredService<ProxyOptions>().PublicUrl?.AbsoluteUri.TrimEnd('/')
            ?? OwnAddress(app.Services.GetRequiredService<IServer>()).GetLeftPart(UriPartial.Authority);
        return $"{server}{ConsoleApp.Path}/sign-in?code={app.Services.GetRequiredService<ConsoleCode>().Make()}";
    }

    /// <summary>Returns the path of the console, given the address at which the caller reaches the server.</summary>
    public static string PathOf(string server) =>
        (Uri.TryCreate(server, UriKind.Absolute, out var address) ? address.AbsolutePath.TrimEnd('/') : "") + ConsoleApp.Path;

    private static Task AnswerAsync(HttpContext context) => context.RequestServices.GetRequiredService<ConsoleApp>().InvokeAsync(context);

    private static ConsoleSettings SettingsOf(IServiceProvider provider) => new()
    {
        ApiAddress = () => OwnAddress(provider.GetRequiredService<IServer>()),
        PublicAddress = request => provider.GetRequiredService<PublicAddress>().Of(request),
        RedeemCode = provider.GetRequiredService<ConsoleCode>().RedeemAsync,
        Protection = provider.GetRequiredService<Lazy<IDataProtectionProvider>>().Value,
        Environment = provider.GetRequiredService<IWebHostEnvironment>(),
        Loggers = provider.GetRequiredService<ILoggerFactory>(),
        Time = provider.GetRequiredService<TimeProvider>(),
        NextTime = NextTime,
        MaxFileBytes = provider.GetRequiredService<UploadOptions>().MaxBytes,
    };

    private static DateTimeOffset? NextTime(string schedule, string? zoneName, DateTimeOffset after) =>
        Schedules.IsUsable(schedule) && Schedules.ZoneOf(zoneName) is { } zone ? Schedules.ToRecurrence(schedule, zone)?.NextAfter(after, after) : null;

    /// <summary>Returns an address on which the server listens, as this machine reaches it. One without encryption comes first.</summary>
    private static Uri OwnAddress(IServer server) => server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
        .Select(HealthCheck.AddressOf)
        .OrderBy(address => address.Scheme == Uri.UriSchemeHttps)
        .First();
}
