using System.Security.Claims;
using BlazorChat;
using ChatBotKit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Samples;

// One Blazor page with the chat widget. It is static: the browser talks to the chat server itself, with a session token of this app.

var isSmokeTest = args.Contains("--smoke");
await using var server = await SampleServer.StartAsync();

var builder = WebApplication.CreateBuilder([.. args.Except(["--smoke", "--until-input-ends"])]);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
if (isSmokeTest)
{
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
}
// A published program finds the modules of the widget on its own. This line makes them available in a build too.
builder.WebHost.UseStaticWebAssets();
builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(cookie => cookie.Cookie.SameSite = SameSiteMode.Strict);
builder.Services.AddAuthorization();
builder.Services.AddRazorComponents();
builder.Services.AddChatBotKit(options => (options.BaseUrl, options.Secret) = (server.Address, server.Secret));

await using var app = builder.Build();
app.UseAuthentication();
app.Use(async (context, next) =>
{
    // Each visitor gets an id in an encrypted cookie. An app whose visitors sign in does not need this.
    if (context.Request.Path == "/" && context.User.Identity is not { IsAuthenticated: true })
    {
        var visitor = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(visitor));
    }
    await next(context);
});
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapRazorComponents<App>();
app.MapChatBotKitSession("/chat/session", options => options.NewConversation = new ConversationCreateRequest
{
    Name = "Blazor chat",
    Backstory = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "knowledge.md")),
});

await app.StartAsync();
if (isSmokeTest)
{
    var isGood = await SmokeTest.RunAsync(new Uri(app.Urls.First()));
    await app.StopAsync();
    return isGood ? 0 : 1;
}

Console.WriteLine($"Open {app.Urls.First()}");
if (args.Contains("--until-input-ends"))
    await Console.In.ReadToEndAsync();
else
    await app.WaitForShutdownAsync();
return 0;
