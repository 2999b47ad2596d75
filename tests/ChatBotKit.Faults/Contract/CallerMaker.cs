namespace ChatBotKit.Faults.Contract;

/// <summary>Generates the credential of a request.</summary>
internal sealed class CallerMaker(Accounts accounts, Dice dice)
{
    private const string Nobody = "there is no good credential";

    public (string? Credential, string? RunAs, string? MustFail) Make(bool isGood)
    {
        if (isGood)
            return dice.Chance(75) ? (Owner, null, null) : ($"Bearer {accounts.Own.SessionToken}", null, null);
        return dice.Below(12) switch
        {
            0 => (null, null, Nobody),
            1 => ("", null, Nobody),
            2 => (dice.Pick("Bearer", "Bearer ", "Basic QTpC", "Bearer x.y.z", "Bearer sk-", "Token x", "Bearer " + new string('a', 4000), "Bearer \u00ff"), null, Nobody),
            3 => ($"Bearer {accounts.Own.SessionToken[..^5]}AAAAA", null, Nobody),
            4 => (Owner, accounts.ForeignAccountId, "the account is not one that the caller may act for"),
            5 => (Owner, dice.Pick("unknown", "a,b", new string('x', 500)), "there is no such account"),
            6 => ($"Bearer {accounts.Own.Other!.SessionToken}", null, null),
            7 or 8 => ($"Bearer {accounts.Own.SessionToken}", null, null),
            _ => (Owner, null, null),
        };
    }

    private string Owner => $"Bearer {accounts.OwnerSecret}";
}
