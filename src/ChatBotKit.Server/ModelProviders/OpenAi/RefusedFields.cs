using System.Collections.Frozen;

namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// Learns which of the fields that an endpoint gives it does not take back. A refusal that names one of them is answered with the
/// request without it; when that is taken, the field stays out of later requests.
/// </summary>
internal sealed class RefusedFields
{
    private FrozenSet<string> _names = FrozenSet<string>.Empty;

    /// <param name="request">What is asked.</param>
    /// <param name="send">Sends it, and throws what the endpoint says against it.</param>
    /// <exception cref="ModelProviderException">The endpoint refused the request for another reason, or again.</exception>
    public Task<HttpResponseMessage> SendAsync(ModelRequest request, Func<ModelRequest, Task<HttpResponseMessage>> send)
    {
        var given = GivenBack.NamesIn(request);
        return given.Count == 0 ? send(request) : SendAsync(request, given, send);
    }

    private async Task<HttpResponseMessage> SendAsync(
        ModelRequest request, IReadOnlySet<string> given, Func<ModelRequest, Task<HttpResponseMessage>> send)
    {
        var refused = Volatile.Read(ref _names);
        try
        {
            return await send(refused.Count == 0 ? request : GivenBack.Without(request, refused));
        }
        catch (ModelProviderException refusal) when (refusal.Failure == ModelFailure.Rejected && NamesOne(refusal.Message, given, refused))
        {
            var without = given.Where(name => IsNamedIn(refusal.Message, name)).Concat(refused).ToFrozenSet(StringComparer.Ordinal);
            var response = await send(GivenBack.Without(request, without));
            // Only names of fields that this endpoint has sent come here, so they are few.
            Volatile.Write(ref _names, without);
            return response;
        }
    }

    private static bool NamesOne(string message, IReadOnlySet<string> given, FrozenSet<string> refused) =>
        given.Any(name => !refused.Contains(name) && IsNamedIn(message, name));

    /// <summary>Whether the name stands there as a word, and not as a part of another name.</summary>
    private static bool IsNamedIn(string message, string name)
    {
        if (name.Length == 0)
            return false;
        for (var at = 0; (at = message.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            if (!IsPartOfName(message, at - 1) && !IsPartOfName(message, at + name.Length))
                return true;
        }

        return false;
    }

    private static bool IsPartOfName(string message, int at) =>
        at >= 0 && at < message.Length && (char.IsAsciiLetterOrDigit(message[at]) || message[at] is '_' or '-');
}
