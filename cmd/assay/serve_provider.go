package main

import (
	"flag"
	"os"
	"strings"

	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// oidcFlags say by which provider people may sign in too.
type oidcFlags struct{ issuer, client, secretFile, name, strong string }

func (f *oidcFlags) flags(fs *flag.FlagSet) {
	fs.StringVar(&f.issuer, "oidc-issuer", "", "`URL` of a provider of sign-ins (OpenID Connect); needs --base-url")
	fs.StringVar(&f.client, "oidc-client", "", "`ID` of this registry there")
	fs.StringVar(&f.secretFile, "oidc-secret-file", "", "`FILE` whose first line is the secret that goes with it")
	fs.StringVar(&f.name, "oidc-name", "", "`NAME` by which people know the provider")
	fs.StringVar(&f.strong, "oidc-second-factor", "", "`VALUES` of acr or amr, with commas, by which the provider says that it asked for a second factor, and whose word counts; none where it is left out")
}

// provider is the one that the flags name; nil for none.
func (f *oidcFlags) provider(baseURL string) (*openid.Provider, error) {
	if *f == (oidcFlags{}) {
		return nil, nil
	}
	if f.issuer == "" || f.client == "" || f.secretFile == "" || baseURL == "" {
		return nil, usagef("--oidc-issuer URL --oidc-client ID --oidc-secret-file FILE --base-url https://registry.example", "a provider of sign-ins needs issuer, client, secret and the registry's own address")
	}
	b, err := os.ReadFile(f.secretFile)
	if err != nil {
		return nil, &registry.Error{Code: registry.NotFound, Message: "the provider's secret cannot be read", Err: err, Hint: "name a file that holds it with --oidc-secret-file"}
	}
	secret, _, _ := strings.Cut(string(b), "\n")
	return openid.New(openid.Config{Issuer: f.issuer, ClientID: f.client, Secret: strings.TrimSpace(secret), Name: f.name, Return: baseURL + web.ProviderReturn,
		Strong: strings.FieldsFunc(f.strong, func(r rune) bool { return r == ',' || r == ' ' })})
}
