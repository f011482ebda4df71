package assay

// LoadRulesFrom lets tests load rules of their own.
var LoadRulesFrom = loadRules
