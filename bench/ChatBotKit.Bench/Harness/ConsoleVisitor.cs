using System.Net;
using System.Text.RegularExpressions;

namespace ChatBotKit.Bench.Harness;

/// <summary>Reads pages of the console as a browser does, with the cookie of a sign-in.</summary>
internal sealed partial class ConsoleVisitor : IDisposable
{
    private readonly HttpClient _http;

    private ConsoleVisitor(HttpClient http) => _http = http;

    public static async Task<ConsoleVisitor> SignInAsync(Uri server, CancellationToken cancellationToken)
    {
        var visitor = new ConsoleVisitor(new HttpClient { BaseAddress = server });
        var form = await visitor.ReadAsync("/console/sign-in", cancellationToken);
        visitor._http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_token"] = FormToken().Match(form).Groups[1].Value,
            ["token"] = Servers.Secret,
        });
        using var answer = await visitor._http.PostAsync(new Uri("/console/sign-in", UriKind.Relative), fields, cancellationToken);
        var page = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        return page.Contains("/console/sign-out", StringComparison.Ordinal) ? visitor : throw new InvalidOperationException("The console has not accepted the sign-in.");
    }

    /// <summary>Returns the path of the page after this one.</summary>
    public async Task<string> NextPageAsync(string path, CancellationToken cancellationToken) =>
        NextPage().Match(await ReadAsync(path, cancellationToken)) is { Success: true } next
            ? WebUtility.HtmlDecode(next.Groups[1].Value)
            : throw new InvalidOperationException($"{path} has no next page.");

    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"_token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex NextPage();
}
